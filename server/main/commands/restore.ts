import { mkdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { refuse } from '../../adapters/backup/backup-error.ts'
import { openBackup, type VerifiedBackup } from '../../adapters/backup/open-backup.ts'
import { finishRestore, restoreBackup } from '../../adapters/backup/restore-backup.ts'
import type { Engine } from '../../adapters/sql/engine.ts'
import { migrations } from '../../adapters/sql/migrations.ts'
import { openEngine } from '../../adapters/sql/open-engine.ts'
import { storeOn } from '../../adapters/sql/open-store.ts'
import type { Database } from '../../adapters/sql/schema.ts'
import { isUnfinished } from '../../adapters/sql/unfinished-restore.ts'
import type { Config } from '../config.ts'
import { findSecretKey, loadKeys, saveSecretKey } from '../keys.ts'
import { appOn, databaseOptions, openBlobStore } from '../open-app.ts'
import { backupProgressOn } from './backup-progress-on.ts'
import { checkAndTell } from './fsck.ts'
import { saidBytes, saidCount, saidReason, saidTime } from './said.ts'
import { logOn, type Terminal } from './terminal.ts'

/** `strongroom restore <folder>`: the exit code is 1 where the check at the end finds faults. */
export async function restore(config: Config, folder: string, terminal: Terminal): Promise<number> {
  const started = performance.now()
  const backup = await openBackup(resolve(folder), backupProgressOn(terminal))
  requireItsKey(config, backup)
  const engine = await openTarget(config, terminal)
  try {
    await restoreInto(config, engine, backup, terminal)
    const wrong = await checkRestored(config, engine, terminal)
    await finishRestore(engine)
    const { tables, objects, takenAt } = backup.manifest
    const rows = Object.values(tables).reduce((sum, table) => sum + table.rows, 0)
    const ms = performance.now() - started
    terminal.out(`Restored in ${saidTime(ms)}: the state of ${takenAt}`)
    terminal.out(
      `  ${saidCount(rows, 'row')}, ${saidCount(objects.count, 'object')} with ` +
        `${saidBytes(objects.bytes)}, each verified`,
    )
    tellKey(config, terminal)
    return tellWrong(wrong, backup, terminal)
  } finally {
    await engine.close()
  }
}

/** Sealed tokens in the rows can be opened with the key of their installation only. */
function requireItsKey(config: Config, { folder, secretKey }: VerifiedBackup): void {
  const present = findSecretKey(config)
  if (present === undefined || present === secretKey) return
  const where =
    config.secretKey === undefined
      ? `${join(config.dataDir, 'keys.json')} holds another key than the backup; move it away`
      : 'STRONGROOM_SECRET_KEY is not the key of the backup; set it to the one in ' +
        join(folder, 'keys.json')
  refuse(where)
}

/** As a server: with SQLite no other can have the database meanwhile. */
async function openTarget(config: Config, terminal: Terminal): Promise<Engine<Database>> {
  const { database, dataDir } = config
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  if (database.engine === 'sqlite') {
    await mkdir(dirname(database.file), { recursive: true, mode: 0o700 })
  }
  return openEngine<Database>({
    ...databaseOptions(config),
    role: 'server',
    onWarning: (message) => terminal.err(`! ${message}`),
  })
}

async function restoreInto(
  config: Config,
  engine: Engine<Database>,
  backup: VerifiedBackup,
  terminal: Terminal,
): Promise<void> {
  const blobs = openBlobStore(config.storage)
  try {
    await restoreBackup({
      engine,
      migrations,
      blobs,
      backup,
      onProgress: backupProgressOn(terminal),
      async onMarked() {
        if (findSecretKey(config) === undefined) saveSecretKey(config.dataDir, backup.secretKey)
      },
    })
  } catch (error) {
    if (!(await isUnfinished(engine.read).catch(() => false))) throw error
    const remedy = 'no server starts on it; mend the cause and run the same command again'
    throw new Error(`${saidReason(error)}. The installation is unfinished: ${remedy}`, {
      cause: error,
    })
  } finally {
    await blobs.close()
  }
}

/** Reads every byte from where it lies now. */
async function checkRestored(
  config: Config,
  engine: Engine<Database>,
  terminal: Terminal,
): Promise<number> {
  const close = async () => undefined
  const opened = { store: storeOn(engine), engine, close }
  const open = appOn(config, logOn(terminal), loadKeys(config), opened)
  try {
    return await checkAndTell(open, { deep: true }, terminal)
  } finally {
    await open.close()
  }
}

function tellKey(config: Config, terminal: Terminal): void {
  if (config.secretKey !== undefined) return
  terminal.out(
    `  The key is in ${join(config.dataDir, 'keys.json')}; servers on other machines need it too.`,
  )
}

function tellWrong(wrong: number, { manifest }: VerifiedBackup, terminal: Terminal): number {
  if (wrong === 0) return 0
  const { missing, damaged } = manifest.objects
  const known =
    missing + damaged > 0
      ? `${saidCount(missing, 'object')} missing and ${damaged} damaged when it was backed up`
      : 'the backup itself is undamaged, so they were there before, or the new storage is faulty'
  terminal.err(`✗ Look at these findings before you start the server: ${known}`)
  return 1
}
