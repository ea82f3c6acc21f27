import { createHash } from 'node:crypto'
import type { BlobStore } from '../../core/blobs/blob-store.ts'
import { diskBlobs } from '../blobs/disk.ts'
import { refuse } from './backup-error.ts'
import { objectsFolder } from './backup-folder.ts'
import { hashOf } from './backup-objects.ts'
import type { OnProgress } from './backup-progress.ts'
import { mapAhead } from './map-ahead.ts'
import type { WantedObject } from './object-list.ts'
import { objectsOf, type VerifiedBackup } from './open-backup.ts'

const atOnce = 8

/**
 * Refuses a byte store with objects that are not the backup's: it belongs to another installation,
 * whose sweep and ours would remove each other's. Drops what an interrupted restore left half-way.
 */
export async function clearWay(blobs: BlobStore, backup: VerifiedBackup): Promise<void> {
  const ours = new Set<string>()
  for await (const { key } of objectsOf(backup)) ours.add(key)
  const unfinished: string[] = []
  for await (const entry of blobs.list()) {
    if (!ours.has(entry.key)) {
      refuse(
        `the byte store is not empty: the object ${entry.key} is not of this backup; ` +
          'give STRONGROOM_STORAGE_URL an empty folder, or another prefix in the bucket',
      )
    }
    if (entry.unfinished) unfinished.push(entry.key)
  }
  for (const key of unfinished) await blobs.remove(key)
}

/** Copies every object of the backup; each is verified before it becomes visible, and flushed. */
export async function restoreObjects(
  blobs: BlobStore,
  backup: VerifiedBackup,
  onProgress: OnProgress,
): Promise<void> {
  const source = diskBlobs({ root: objectsFolder(backup.folder) })
  const { count: total, bytes: totalBytes } = backup.manifest.objects
  let done = 0
  let bytes = 0
  const copy = (object: WantedObject) => restoreObject(source, blobs, object)
  for await (const size of mapAhead(objectsOf(backup), atOnce, copy)) {
    done += 1
    bytes += size
    onProgress({ step: 'objects', done, total, bytes, totalBytes })
  }
}

/** Answers its size; 0 for one that was missing when the backup was made. */
async function restoreObject(
  source: BlobStore,
  target: BlobStore,
  { key, size, sha256 }: WantedObject,
): Promise<number> {
  if (sha256 === null || size === null) return 0
  const there = await target.stat(key)
  if (there && there.size === size && (await hashOf(target, key)) === sha256) return size
  if (there) await target.remove(key)
  await target.put(key, verified(await source.open(key), key, sha256), { size })
  return size
}

/** Throws at the end, before the target shows the object, where the bytes are not those. */
async function* verified(
  chunks: AsyncIterable<Uint8Array>,
  key: string,
  sha256: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const hash = createHash('sha256')
  for await (const chunk of chunks) {
    hash.update(chunk)
    yield chunk
  }
  if (hash.digest('hex') !== sha256) {
    refuse(`the object ${key} of the backup is damaged: its content is not what was written`)
  }
}
