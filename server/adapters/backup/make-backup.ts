import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isBlobError } from '../../core/blobs/blob-error.ts'
import type { BlobStore } from '../../core/blobs/blob-store.ts'
import type { TenantStore } from '../../core/tenants/tenant-store.ts'
import { diskBlobs } from '../blobs/disk.ts'
import type { Engine } from '../sql/engine.ts'
import type { Database } from '../sql/schema.ts'
import { refuse } from './backup-error.ts'
import {
  objectList,
  objectsFolder,
  removeOtherRows,
  rowsName,
  takeFolder,
} from './backup-folder.ts'
import { type BackedObjects, backUpObjects } from './backup-objects.ts'
import type { OnProgress } from './backup-progress.ts'
import { type BackedRows, backUpRows, wantedFile } from './backup-rows.ts'
import { flushFolder } from './flushed-file.ts'
import { keyFile, writeKeyFile } from './key-file.ts'
import { factsOf } from './line-files.ts'
import { backupFormat, findManifest, type Manifest, writeManifest } from './manifest.ts'
import { type KeptObject, readObjects } from './object-list.ts'
import { pruneObjects } from './prune-objects.ts'

export type MakeBackup = {
  readonly engine: Engine<Database>
  readonly tenants: TenantStore
  readonly blobs: BlobStore
  readonly folder: string
  /** The server's key, base64url. */
  readonly secretKey: string
  readonly program: string
  readonly clock: () => number
  /** Also removes objects from the folder that this backup does not need. */
  readonly prune?: boolean
  readonly onProgress: OnProgress
  readonly onWarning: (message: string) => void
}

export type MadeBackup = {
  readonly manifest: Manifest
  readonly copied: BackedObjects['copied']
  readonly pruned: number
}

/** Longer than a machine pauses a process; the sweep waits so long for a backup that died. */
const holdMs = 15 * 60_000
const renewMs = 60_000

/**
 * Backs an installation up while it is used: all rows in one snapshot, and every object that they
 * refer to. Objects that the folder has are not copied again. The manifest is written last; what
 * the folder held before stays valid until then. Throws BackupError.
 */
export async function makeBackup(input: MakeBackup): Promise<MadeBackup> {
  const { folder } = input
  const lock = await takeFolder(folder)
  try {
    const before = await findManifest(folder)
    await removeOtherRows(folder, before?.rows)
    await reach(input.blobs)
    return await holding(input, () => write(input, before))
  } finally {
    lock.release()
  }
}

/** A bucket that is not there must not look like one whose objects are all missing. */
async function reach(blobs: BlobStore): Promise<void> {
  try {
    await blobs.check()
  } catch (error) {
    if (!isBlobError(error, 'storage-full')) throw error
  }
}

/** Keeps the sweep from removing objects meanwhile. Held before the snapshot begins. */
async function holding<T>(input: MakeBackup, work: () => Promise<T>): Promise<T> {
  const { tenants, clock, onWarning } = input
  const name = `backup ${randomBytes(8).toString('hex')}`
  const renew = () => tenants.holdObjects(name, clock() + holdMs)
  await renew()
  const timer = setInterval(() => {
    renew().catch((error: unknown) => onWarning(`The hold was not prolonged: ${String(error)}`))
  }, renewMs)
  try {
    return await work()
  } finally {
    clearInterval(timer)
    await tenants.releaseObjects(name).catch((error: unknown) => {
      onWarning(`Objects stay held for ${holdMs / 60_000} minutes: ${String(error)}`)
    })
  }
}

async function write(input: MakeBackup, before: Manifest | undefined): Promise<MadeBackup> {
  const { folder, engine, onProgress } = input
  const takenAt = input.clock()
  const name = rowsName(takenAt)
  const place = join(folder, name)
  const rows = await engine.snapshot((db) => backUpRows(db, place, onProgress))
  if (!rows) return refuse('there is nothing to back up: the server has not been started yet')
  if (before && before.installation !== rows.installation) {
    await rm(place, { recursive: true })
    refuse(`${folder} holds the backup of another installation; give a folder of its own`)
  }
  const objects = await copyObjects(input, rows, place, before)
  await rm(join(place, wantedFile))
  await writeKeyFile(folder, input.secretKey)
  for (const path of [place, folder]) await flushFolder(path)
  const manifest = await manifestOf(input, { takenAt, name, rows, objects })
  await writeManifest(folder, manifest)
  await removeOtherRows(folder, name)
  const pruned = input.prune
    ? await pruneObjects(objectsFolder(folder), readObjects(join(place, objectList)))
    : 0
  return { manifest, copied: objects.copied, pruned }
}

function copyObjects(
  { blobs, folder, onProgress }: MakeBackup,
  { wanted }: BackedRows,
  place: string,
  before: Manifest | undefined,
): Promise<BackedObjects> {
  const known = before ? readObjects(join(folder, before.rows, objectList)) : nothing()
  return backUpObjects({
    source: blobs,
    target: diskBlobs({ root: objectsFolder(folder) }),
    wanted: readObjects(join(place, wantedFile)),
    known: known as AsyncIterable<KeptObject>,
    totals: wanted,
    listPath: join(place, objectList),
    onProgress,
  })
}

async function* nothing(): AsyncGenerator<KeptObject, void, undefined> {}

type Parts = { takenAt: number; name: string; rows: BackedRows; objects: BackedObjects }

async function manifestOf(
  { engine, program, folder, clock }: MakeBackup,
  { takenAt, name, rows, objects }: Parts,
): Promise<Manifest> {
  const { copied: _, ...list } = objects
  return {
    format: backupFormat,
    program,
    migrations: rows.migrations,
    engine: engine.kind,
    installation: rows.installation,
    takenAt: new Date(takenAt).toISOString(),
    finishedAt: new Date(clock()).toISOString(),
    rows: name,
    tables: rows.tables,
    sequences: rows.sequences,
    keys: await factsOf(keyFile(folder)),
    objects: list,
  }
}
