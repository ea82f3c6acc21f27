import { CompiledQuery, type Kysely, sql } from 'kysely'
import type { TableShape } from './all-tables.ts'
import { kindOf } from './engine-handle.ts'
import type { Database } from './schema.ts'

type Handle = Kysely<Database>

/** Values in the order of the table's columns. */
export type Cells = readonly unknown[]

const pageBytes = 4 * 1024 * 1024
const pageRows = { least: 8, most: 2000 }

/**
 * All rows of a table in the order of its key, some megabytes at a time. Consistent where `db`
 * belongs to a snapshot.
 */
export async function* pagesOf(
  db: Handle,
  table: TableShape,
): AsyncGenerator<Cells[], void, undefined> {
  let limit = table.bytes.length > 0 ? pageRows.least : pageRows.most
  let after: Cells | undefined
  for (;;) {
    const rows = await pageOf(db, table, after, limit)
    if (rows.length > 0) yield rows.map((row) => table.columns.map((column) => row[column]))
    if (rows.length < limit) return
    const last = rows.at(-1)!
    after = table.key.map((column) => last[column])
    limit = nextLimit(table, rows)
  }
}

async function pageOf(
  db: Handle,
  { name, columns, key }: TableShape,
  after: Cells | undefined,
  limit: number,
): Promise<Record<string, unknown>[]> {
  const keyColumns = sql.join(key.map((column) => sql.ref(column)))
  const from = after ? sql`where (${keyColumns}) > (${sql.join(after)})` : sql``
  const { rows } = await sql<Record<string, unknown>>`
    select ${sql.join(columns.map((column) => sql.ref(column)))} from ${sql.table(name)} ${from}
    order by ${keyColumns} limit ${limit}`.execute(db)
  return rows
}

/** As many rows as make a page, if the next are as long as these. */
function nextLimit({ bytes }: TableShape, rows: readonly Record<string, unknown>[]): number {
  if (bytes.length === 0) return pageRows.most
  const lengths = rows.flatMap((row) => bytes.map((column) => byteLength(row[column])))
  const average = 500 + lengths.reduce((sum, length) => sum + length, 0) / rows.length
  return Math.min(pageRows.most, Math.max(pageRows.least, Math.floor(pageBytes / average)))
}

const byteLength = (value: unknown): number => (value instanceof Uint8Array ? value.byteLength : 0)

const valuesAtOnce = 30_000

/** Writes rows, as many to a statement as both engines take. */
export async function insertRows(
  db: Handle,
  { name, columns }: Pick<TableShape, 'name' | 'columns'>,
  rows: readonly Cells[],
): Promise<void> {
  const most = Math.min(500, Math.floor(valuesAtOnce / columns.length))
  for (let from = 0; from < rows.length; from += most) {
    const some = rows.slice(from, from + most)
    await db.executeQuery(
      CompiledQuery.raw(insertText(db, name, columns, some.length), some.flat()),
    )
  }
}

function insertText(db: Handle, name: string, columns: readonly string[], rows: number): string {
  const quoted = columns.map((column) => `"${column}"`).join(', ')
  const numbered = kindOf(db) === 'postgres'
  const row = (at: number) =>
    columns.map((_, column) => (numbered ? `$${at * columns.length + column + 1}` : '?')).join(', ')
  const values = Array.from({ length: rows }, (_, at) => `(${row(at)})`)
  return `insert into "${name}" (${quoted}) values ${values.join(', ')}`
}
