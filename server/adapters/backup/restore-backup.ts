import { type Kysely, sql } from 'kysely'
import type { BlobStore } from '../../core/blobs/blob-store.ts'
import { dropEverything, firstFilled, tablesOf } from '../sql/all-tables.ts'
import type { Engine } from '../sql/engine.ts'
import { kindOf } from '../sql/engine-handle.ts'
import { type Migrations, migrate } from '../sql/migrate.ts'
import type { Database } from '../sql/schema.ts'
import { writeStatistics } from '../sql/sqlite-statistics.ts'
import { isUnfinished, markFinished, markUnfinished } from '../sql/unfinished-restore.ts'
import { refuse } from './backup-error.ts'
import type { OnProgress } from './backup-progress.ts'
import type { VerifiedBackup } from './open-backup.ts'
import { clearWay, restoreObjects } from './restore-objects.ts'
import { restoreRows } from './restore-rows.ts'

export type RestoreBackup = {
  /** Opened as a server: nobody else has the database of SQLite meanwhile. */
  readonly engine: Engine<Database>
  readonly migrations: Migrations
  readonly blobs: BlobStore
  readonly backup: VerifiedBackup
  readonly onProgress: OnProgress
  /** Once the database is marked and before anything of the backup is in it. */
  readonly onMarked?: () => Promise<void>
}

/**
 * Writes a backup into an empty installation. From its first change until `finishRestore` the
 * database is marked, and no server or tool opens it; a restore that was broken off is begun anew
 * by calling this again. Throws BackupError.
 */
export async function restoreBackup(input: RestoreBackup): Promise<void> {
  const { engine, migrations, blobs, backup, onProgress } = input
  const schema = schemaOf(backup, migrations)
  await blobs.check()
  const isRepeated = await isUnfinished(engine.read)
  if (!isRepeated) await requireEmpty(engine)
  await clearWay(blobs, backup)
  await engine.exclusive(async (db) => {
    await markUnfinished(db)
    if (isRepeated) await dropEverything(db)
  })
  await migrate(engine, schema)
  await input.onMarked?.()
  await restoreObjects(blobs, backup, onProgress)
  await restoreRows(engine, backup, onProgress)
  await migrate(engine, migrations)
  await engine.exclusive(planWell)
  await engine.settled()
}

/** Tells the planner about the rows that are there now, before everything is checked. */
async function planWell(db: Kysely<Database>): Promise<void> {
  if (kindOf(db) === 'sqlite') return writeStatistics(db)
  await sql`analyze`.execute(db)
}

/** Takes the mark away: what was restored is an installation now. */
export async function finishRestore(engine: Engine<Database>): Promise<void> {
  await engine.exclusive(markFinished)
}

/** The migrations that the backup's database had; the rest follows when its rows are there. */
function schemaOf({ manifest }: VerifiedBackup, migrations: Migrations): Migrations {
  const unknown = manifest.migrations.filter((name) => !Object.hasOwn(migrations, name))
  if (unknown.length > 0) {
    refuse(
      `the backup was made by a newer program (${manifest.program}): it has ${unknown.join(', ')}`,
    )
  }
  return Object.fromEntries(manifest.migrations.map((name) => [name, migrations[name]!]))
}

async function requireEmpty(engine: Engine<Database>): Promise<void> {
  const filled = await firstFilled(engine.read, await tablesOf(engine.read))
  if (filled === undefined) return
  refuse(
    `the database is not empty (${filled} has rows): a restore goes into an empty one only; ` +
      'give STRONGROOM_DATA or STRONGROOM_DATABASE_URL another place',
  )
}
