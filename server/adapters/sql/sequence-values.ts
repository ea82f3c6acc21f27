import { type Kysely, sql } from 'kysely'
import type { TableShape } from './all-tables.ts'
import { kindOf } from './engine-handle.ts'
import type { Database } from './schema.ts'

type Handle = Kysely<Database>

/** The next id of every sequence, by the name that `ids.create` was given. */
export type SequenceValues = Readonly<Record<string, number>>

const suffix = '_sequence'
/** PostgreSQL's sequence of events; on SQLite the next id follows from the rows. */
const events = 'event_ids'

/** Where ids of a sequence lie, besides the table of its own name. */
const alsoIn: Readonly<Record<string, readonly string[]>> = {
  nodes: ['versions'],
  [events]: ['events'],
}

type Sequence = { name: string; step: number }

/**
 * The next ids. PostgreSQL gives ids outside of transactions, so read in a snapshot they may be
 * further than its rows, never behind.
 */
export async function readSequences(db: Handle): Promise<SequenceValues> {
  const found: Record<string, number> = {}
  if (kindOf(db) === 'sqlite') {
    const { rows } = await sql<{ name: string; next: number }>`
      select name, next from sequence order by name`.execute(db)
    for (const { name, next } of rows) found[name] = next
    return found
  }
  for (const { name, step } of await postgresSequences(db)) {
    const { rows } = await sql<{ last: number; called: boolean }>`
      select last_value as last, is_called as called from ${sql.table(name)}`.execute(db)
    const { last, called } = rows[0]!
    found[withoutSuffix(name)] = called ? last + step : last
  }
  return found
}

/**
 * Sets every sequence of this database behind `values` and behind the highest id in the tables,
 * whichever is further.
 */
export async function writeSequences(
  db: Handle,
  values: SequenceValues,
  tables: readonly TableShape[],
): Promise<void> {
  const postgres = kindOf(db) === 'postgres'
  const names = postgres
    ? (await postgresSequences(db)).map(({ name }) => name)
    : Object.keys(await readSequences(db))
  for (const sequence of names) {
    const name = withoutSuffix(sequence)
    const next = Math.max(1, values[name] ?? 1, await behindRows(db, name, tables))
    const given = Math.max(1, next - 1)
    if (!postgres) {
      await sql`update sequence set next = max(next, ${next}) where name = ${name}`.execute(db)
    } else if (name === events) {
      await sql`select setval(cast(${sequence} as regclass), ${given}, true)`.execute(db)
    } else {
      await sql`select setval(cast(${sequence} as regclass), ${next}, false)`.execute(db)
    }
  }
}

async function postgresSequences(db: Handle): Promise<Sequence[]> {
  const { rows } = await sql<Sequence>`
    select cast(sequencename as text) as name, increment_by as step from pg_sequences
    where schemaname = current_schema() order by sequencename`.execute(db)
  return rows
}

function withoutSuffix(name: string): string {
  return name.endsWith(suffix) ? name.slice(0, -suffix.length) : name
}

/** One more than the highest id of the tables that take their ids from this sequence. */
async function behindRows(
  db: Handle,
  name: string,
  tables: readonly TableShape[],
): Promise<number> {
  const taking = [name, ...(alsoIn[name] ?? [])]
  let highest = 0
  for (const { name: table, columns } of tables) {
    if (!taking.includes(table) || !columns.includes('id')) continue
    const { rows } = await sql<{ id: number }>`
      select coalesce(max(id), 0) as id from ${sql.table(table)}`.execute(db)
    highest = Math.max(highest, rows[0]!.id)
  }
  return highest + 1
}
