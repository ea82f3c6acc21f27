import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { countRows, type TableShape, tablesOf } from '../sql/all-tables.ts'
import { executed } from '../sql/migrate.ts'
import type { Database } from '../sql/schema.ts'
import { readSequences, type SequenceValues } from '../sql/sequence-values.ts'
import { type Cells, pagesOf } from '../sql/table-rows.ts'
import type { OnProgress } from './backup-progress.ts'
import { linesEnding, writeLines } from './line-files.ts'
import type { TableFile } from './manifest.ts'
import { wantedObjects } from './object-list.ts'

/** First line of a table's file; the others are its rows, values in the order of the columns. */
export type TableHeader = Pick<TableShape, 'columns' | 'bytes'>

export type BackedRows = {
  readonly migrations: readonly string[]
  readonly installation: string
  readonly tables: Readonly<Record<string, TableFile>>
  readonly sequences: SequenceValues
  /** Objects that the rows refer to, as far as their sizes are known. */
  readonly wanted: { readonly count: number; readonly bytes: number }
}

export const tableFile = (name: string): string => `${name}${linesEnding}`
/** Only while a backup runs: what its snapshot refers to. */
export const wantedFile = `wanted-objects${linesEnding}`

/**
 * Writes the rows of every table, and the list of objects that they refer to, to new files in
 * `folder`, flushed. `db` belongs to one snapshot. Undefined when there is no installation yet.
 */
export async function backUpRows(
  db: Kysely<Database>,
  folder: string,
  onProgress: OnProgress,
): Promise<BackedRows | undefined> {
  const first = await db.selectFrom('tenants').select('uuid').orderBy('id').executeTakeFirst()
  if (!first) return undefined
  await mkdir(folder, { mode: 0o700 })
  const shapes = await tablesOf(db)
  const tables: Record<string, TableFile> = {}
  const total = await countRows(db, shapes)
  let done = 0
  const onRows = (rows: number) => {
    done += rows
    onProgress({ step: 'rows', done, total, bytes: 0, totalBytes: 0 })
  }
  for (const shape of shapes) {
    let rows = 0
    const lines = linesOf(db, shape, (count) => {
      rows += count
      onRows(count)
    })
    const facts = await writeLines(join(folder, tableFile(shape.name)), lines)
    tables[shape.name] = { ...facts, rows }
  }
  const wanted = await writeWanted(db, folder)
  return {
    migrations: await executed(db),
    installation: first.uuid,
    tables,
    sequences: await readSequences(db),
    wanted,
  }
}

async function* linesOf(
  db: Kysely<Database>,
  table: TableShape,
  onRows: (count: number) => void,
): AsyncGenerator<unknown, void, undefined> {
  yield { columns: table.columns, bytes: table.bytes } satisfies TableHeader
  for await (const rows of pagesOf(db, table)) {
    for (const row of rows) yield row.map(encoded)
    onRows(rows.length)
  }
}

const encoded = (value: unknown): unknown =>
  value instanceof Uint8Array
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')
    : value

/** Turns the values of one line back into those of a row. */
export function decoderOf({ columns, bytes }: TableHeader): (line: Cells) => Cells {
  const places = bytes.map((column) => columns.indexOf(column))
  if (places.length === 0) return (line) => line
  return (line) =>
    line.map((value, at) =>
      typeof value === 'string' && places.includes(at) ? Buffer.from(value, 'base64') : value,
    )
}

async function writeWanted(db: Kysely<Database>, folder: string): Promise<BackedRows['wanted']> {
  let count = 0
  let bytes = 0
  async function* counted() {
    for await (const line of wantedObjects(db)) {
      count += 1
      bytes += line[1] ?? 0
      yield line
    }
  }
  await writeLines(join(folder, wantedFile), counted())
  return { count, bytes }
}
