import { join } from 'node:path'
import { diskBlobs } from '../blobs/disk.ts'
import { refuse } from './backup-error.ts'
import { objectList, objectsFolder } from './backup-folder.ts'
import type { OnProgress } from './backup-progress.ts'
import { tableFile } from './backup-rows.ts'
import { keyFile, readKeyFile } from './key-file.ts'
import { verifyFile } from './line-files.ts'
import { findManifest, type Manifest } from './manifest.ts'
import { mapAhead } from './map-ahead.ts'
import { readObjects, type WantedObject } from './object-list.ts'

/** A backup whose manifest, tables, key and list of objects are what was written. */
export type VerifiedBackup = {
  readonly folder: string
  readonly manifest: Manifest
  readonly secretKey: string
}

const statsAtOnce = 32

/**
 * Reads a backup's manifest and verifies everything that it names, but of the objects only that
 * they are there in their size: their bytes are verified while they are copied. Throws BackupError.
 */
export async function openBackup(folder: string, onProgress: OnProgress): Promise<VerifiedBackup> {
  const manifest = await findManifest(folder)
  if (!manifest) {
    return refuse(`${folder} holds no finished backup: there is no manifest.json in it`)
  }
  const { rows, tables, keys, objects } = manifest
  await verifyFile(keyFile(folder), keys)
  for (const [name, facts] of Object.entries(tables)) {
    await verifyFile(join(folder, rows, tableFile(name)), facts)
  }
  await verifyFile(join(folder, rows, objectList), objects)
  await verifyObjects(folder, manifest, onProgress)
  return { folder, manifest, secretKey: await readKeyFile(folder) }
}

/** The objects of a verified backup, by key. */
export function objectsOf({ folder, manifest }: Pick<VerifiedBackup, 'folder' | 'manifest'>) {
  return readObjects(join(folder, manifest.rows, objectList))
}

async function verifyObjects(
  folder: string,
  manifest: Manifest,
  onProgress: OnProgress,
): Promise<void> {
  const blobs = diskBlobs({ root: objectsFolder(folder) })
  const { count: total } = manifest.objects
  const look = async ({ key, size, sha256 }: WantedObject) => {
    if (sha256 === null) return
    const found = await blobs.stat(key)
    if (!found) refuse(`the object ${key} is missing in ${objectsFolder(folder)}`)
    if (found?.size !== size) {
      refuse(`the object ${key} is damaged: it has ${found?.size} bytes instead of ${size}`)
    }
  }
  let done = 0
  for await (const _ of mapAhead(objectsOf({ folder, manifest }), statsAtOnce, look)) {
    done += 1
    onProgress({ step: 'checking', done, total, bytes: 0, totalBytes: 0 })
  }
}
