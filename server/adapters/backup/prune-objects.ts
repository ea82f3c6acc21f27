import { diskBlobs } from '../blobs/disk.ts'
import type { WantedObject } from './object-list.ts'

/** Removes the objects of a backup's folder that are not in the list; answers how many. */
export async function pruneObjects(
  root: string,
  list: AsyncIterable<WantedObject>,
): Promise<number> {
  const needed = new Set<string>()
  for await (const { key } of list) needed.add(key)
  const blobs = diskBlobs({ root })
  let removed = 0
  for await (const { key } of blobs.list()) {
    if (needed.has(key)) continue
    await blobs.remove(key)
    removed += 1
  }
  return removed
}
