import { type Kysely, sql } from 'kysely'
import { kindOf } from './engine-handle.ts'
import type { Database } from './schema.ts'
import { unfinishedTable } from './unfinished-restore.ts'

type Handle = Kysely<Database>

/** A table as the database has it; `key` is its primary key, in order. */
export type TableShape = {
  readonly name: string
  readonly columns: readonly string[]
  /** The columns that hold bytes. */
  readonly bytes: readonly string[]
  readonly key: readonly string[]
}

/** What the engine and the migrations keep for themselves, and what running processes hold. */
const passedOver: ReadonlySet<string> = new Set([
  'kysely_migration',
  'kysely_migration_lock',
  'sequence',
  'blob_holds',
  unfinishedTable,
])

type Column = { table: string; column: string; is_bytes: number; place: number }

/**
 * Every table with data, by name, as the database itself tells: a table that a migration adds
 * cannot be forgotten by a backup. Throws for a table without a primary key.
 */
export async function tablesOf(db: Handle): Promise<TableShape[]> {
  const columns = kindOf(db) === 'sqlite' ? await ofSqlite(db) : await ofPostgres(db)
  const names = [...new Set(columns.map(({ table }) => table))].filter(
    (name) => !passedOver.has(name),
  )
  return names.sort().map((name) =>
    shapeOf(
      name,
      columns.filter(({ table }) => table === name),
    ),
  )
}

function shapeOf(name: string, columns: readonly Column[]): TableShape {
  const key = columns.filter(({ place }) => place > 0).sort((a, b) => a.place - b.place)
  if (key.length === 0) throw new Error(`The table ${name} has no primary key`)
  return {
    name,
    columns: columns.map(({ column }) => column),
    bytes: columns.filter(({ is_bytes: isBytes }) => isBytes === 1).map(({ column }) => column),
    key: key.map(({ column }) => column),
  }
}

async function ofSqlite(db: Handle): Promise<Column[]> {
  const { rows } = await sql<Column>`
    select t.name as "table", c.name as "column", c.pk as place,
      case when lower(c.type) = 'blob' then 1 else 0 end as is_bytes
    from sqlite_schema t, pragma_table_info(t.name) c
    where t.type = 'table' and substr(t.name, 1, 7) <> 'sqlite_'
    order by t.name, c.cid`.execute(db)
  return rows
}

async function ofPostgres(db: Handle): Promise<Column[]> {
  const { rows } = await sql<Column>`
    select cast(c.relname as text) as "table", cast(a.attname as text) as "column",
      case when a.atttypid = cast('bytea' as regtype) then 1 else 0 end as is_bytes,
      coalesce((select k.place from unnest(i.indkey) with ordinality as k (attnum, place)
        where k.attnum = a.attnum), 0) as place
    from pg_class c
    join pg_namespace s on s.oid = c.relnamespace and s.nspname = current_schema()
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_index i on i.indrelid = c.oid and i.indisprimary
    where c.relkind in ('r', 'p') order by c.relname, a.attnum`.execute(db)
  return rows
}

/** The first table with a row in it, or undefined when there is no data at all. */
export async function firstFilled(
  db: Handle,
  tables: readonly TableShape[],
): Promise<string | undefined> {
  for (const { name } of tables) {
    const { rows } = await sql`select 1 as one from ${sql.table(name)} limit 1`.execute(db)
    if (rows.length > 0) return name
  }
  return undefined
}

/** Rows of all these tables. */
export async function countRows(db: Handle, tables: readonly TableShape[]): Promise<number> {
  let total = 0
  for (const { name } of tables) {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(name)}`.execute(
      db,
    )
    total += rows[0]!.n
  }
  return total
}

/** Removes every table and sequence, but not the mark of an unfinished restore. */
export async function dropEverything(db: Handle): Promise<void> {
  const sqlite = kindOf(db) === 'sqlite'
  const columns = sqlite ? await ofSqlite(db) : await ofPostgres(db)
  const names = new Set(columns.map(({ table }) => table))
  names.delete(unfinishedTable)
  for (const name of names) await sql`drop table ${sql.table(name)}`.execute(db)
  if (sqlite) return
  const { rows } = await sql<{ name: string }>`
    select cast(sequencename as text) as name from pg_sequences
    where schemaname = current_schema()`.execute(db)
  for (const { name } of rows) await sql`drop sequence ${sql.table(name)}`.execute(db)
}
