import { join } from 'node:path'
import { type TableShape, tablesOf } from '../sql/all-tables.ts'
import type { Engine } from '../sql/engine.ts'
import type { Database } from '../sql/schema.ts'
import { writeSequences } from '../sql/sequence-values.ts'
import { type Cells, insertRows } from '../sql/table-rows.ts'
import { refuse } from './backup-error.ts'
import type { OnProgress } from './backup-progress.ts'
import { decoderOf, type TableHeader, tableFile } from './backup-rows.ts'
import { readLines } from './line-files.ts'
import type { VerifiedBackup } from './open-backup.ts'

/** Rows of one transaction, and the characters of their lines at which it ends earlier. */
const batch = { rows: 1000, characters: 4_000_000 }

/**
 * Writes the rows of a verified backup into empty tables of the same schema, and sets the
 * sequences behind them.
 */
export async function restoreRows(
  engine: Engine<Database>,
  backup: VerifiedBackup,
  onProgress: OnProgress,
): Promise<void> {
  const { tables, sequences } = backup.manifest
  const shapes = await tablesOf(engine.read)
  const total = Object.values(tables).reduce((sum, { rows }) => sum + rows, 0)
  let done = 0
  const onRows = (rows: number) => {
    done += rows
    onProgress({ step: 'rows', done, total, bytes: 0, totalBytes: 0 })
  }
  for (const [name, { rows }] of Object.entries(tables)) {
    const shape = shapes.find((one) => one.name === name)
    if (!shape) return refuse(`the backup holds a table ${name} that this program does not know`)
    const written = await restoreTable(engine, backup, shape, onRows)
    if (written !== rows) {
      refuse(`the table ${name} of the backup has ${written} rows instead of ${rows}`)
    }
  }
  await engine.write((db) => writeSequences(db, sequences, shapes))
}

async function restoreTable(
  engine: Engine<Database>,
  { folder, manifest }: VerifiedBackup,
  shape: TableShape,
  onRows: (count: number) => void,
): Promise<number> {
  const lines = readLines(join(folder, manifest.rows, tableFile(shape.name)))
  const { value } = await lines.next()
  const header = value as TableHeader
  if ([...header.columns].sort().join() !== [...shape.columns].sort().join()) {
    refuse(`the table ${shape.name} of the backup has other columns than this program’s`)
  }
  const table = { name: shape.name, columns: header.columns }
  let written = 0
  for await (const rows of batches(lines, header)) {
    await engine.write((db) => insertRows(db, table, rows))
    written += rows.length
    onRows(rows.length)
  }
  return written
}

async function* batches(
  lines: AsyncIterable<unknown>,
  header: TableHeader,
): AsyncGenerator<Cells[], void, undefined> {
  const decode = decoderOf(header)
  let rows: Cells[] = []
  let characters = 0
  for await (const line of lines) {
    const cells = line as Cells
    for (const value of cells) characters += typeof value === 'string' ? value.length : 8
    rows.push(decode(cells))
    if (rows.length < batch.rows && characters < batch.characters) continue
    yield rows
    rows = []
    characters = 0
  }
  if (rows.length > 0) yield rows
}
