import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BlobStore } from '../../core/blobs/blob-store.ts'
import { diskBlobs } from './disk.ts'

export type TestDisk = { readonly store: BlobStore; remove(): void }

/** A byte store in a temporary folder, for tests. */
export function testDisk(): TestDisk {
  const root = mkdtempSync(join(tmpdir(), 'strongroom-blobs-'))
  return {
    store: diskBlobs({ root }),
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}
