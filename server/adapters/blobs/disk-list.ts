import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type BlobEntry, isBlobKey } from '../../core/blobs/blob-store.ts'

const STATS_AT_ONCE = 32
const FOLDER = /^[0-9a-f]{2}$/

/** Every object below root and every staging file; what is not named by a key is not ours. */
export async function* listFiles(root: string, staging: string): AsyncGenerator<BlobEntry> {
  yield* listFolder(staging, true)
  for (const first of await foldersOf(root)) {
    for (const second of await foldersOf(join(root, first))) {
      yield* listFolder(join(root, first, second), false)
    }
  }
}

async function* listFolder(folder: string, unfinished: boolean): AsyncGenerator<BlobEntry> {
  const entries = await entriesOf(folder)
  const keys = entries.filter((entry) => entry.isFile() && isBlobKey(entry.name))
  for (let at = 0; at < keys.length; at += STATS_AT_ONCE) {
    const page = keys.slice(at, at + STATS_AT_ONCE)
    const found = await Promise.all(
      page.map(({ name }) => entryOf(join(folder, name), name, unfinished)),
    )
    for (const entry of found) if (entry) yield entry
  }
}

async function entryOf(
  path: string,
  key: string,
  unfinished: boolean,
): Promise<BlobEntry | undefined> {
  const facts = await orMissing(stat(path))
  return facts && { key, size: facts.size, modifiedAt: Math.floor(facts.mtimeMs), unfinished }
}

async function foldersOf(path: string): Promise<string[]> {
  const entries = await entriesOf(path)
  return entries
    .filter((entry) => entry.isDirectory() && FOLDER.test(entry.name))
    .map(({ name }) => name)
}

async function entriesOf(path: string): Promise<Dirent[]> {
  return (await orMissing(readdir(path, { withFileTypes: true }))) ?? []
}

/** Undefined for what was removed or renamed since its name was read. */
async function orMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
