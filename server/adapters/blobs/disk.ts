import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, rename, rm, stat, statfs } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { type BlobErrorCode, blobError } from '../../core/blobs/blob-error.ts'
import type { BlobFacts, BlobStore, ByteRange, PutOptions } from '../../core/blobs/blob-store.ts'
import { listFiles } from './disk-list.ts'
import { assertKey, intake } from './intake.ts'
import { sharedFlush } from './shared-flush.ts'
import { writeFlushed } from './write-file.ts'

// As Node's own: more makes no download faster, and what was read stays in memory until collected.
const READ_BYTES = 64 * 1024
const MIN_FREE_BYTES = 64 * 1024 * 1024

/** `root` is created when first needed; `check` faults below `minFreeBytes` of free space. */
export type DiskOptions = { root: string; minFreeBytes?: number }

/**
 * Objects as files: root/ab/cd/<key>, being written as root/staging/<key>. The staging file is also
 * the lock on its key: it is created exclusively and disappears by becoming the object. A crash
 * leaves it behind; `list` reports it as unfinished and `remove` deletes it.
 */
export function diskBlobs({ root: folder, minFreeBytes = MIN_FREE_BYTES }: DiskOptions): BlobStore {
  const root = resolve(folder)
  const staging = join(root, 'staging')
  const flush = sharedFlush(flushFolder)
  const place = (key: string) => {
    assertKey(key)
    const above = join(root, key.slice(0, 2))
    const parent = join(above, key.slice(2, 4))
    return { key, staged: join(staging, key), file: join(parent, key), parent, above }
  }
  const prepare = once(() => prepareFolders(root, staging, flush))
  const publish = publisher(root, flush)

  return {
    async put(key, source, options = {}) {
      const target = place(key)
      options.signal?.throwIfAborted()
      await prepare()
      const file = await named(open(target.staged, 'wx', 0o600), { EEXIST: 'key-taken' })
      try {
        const size = await stage(file, target, source, options)
        await publish(target)
        return { size }
      } catch (error) {
        // What cannot be removed here is reported by `list`; the first error counts.
        await rm(target.staged, { force: true }).catch(() => {})
        throw translated(error)
      }
    },

    async open(key, range) {
      const { file } = place(key)
      const handle = await named(open(file, 'r'), { ENOENT: 'blob-missing' })
      try {
        if (range) checkRange(range, (await handle.stat()).size)
        return handle.createReadStream({ highWaterMark: READ_BYTES, ...range })
      } catch (error) {
        await handle.close()
        throw error
      }
    },

    async stat(key) {
      return factsOf(place(key).file)
    },

    async remove(key) {
      const { file, staged } = place(key)
      await Promise.all([rm(file, { force: true }), rm(staged, { force: true })])
    },

    list: () => listFiles(root, staging),

    async check() {
      await prepare()
      const { bavail, bsize } = await statfs(root)
      const free = bavail * bsize
      if (free < minFreeBytes) throw blobError('storage-full', `Only ${free} bytes are free`)
      await named(probe(join(staging, `probe-${process.pid}`)), {})
    },

    async close() {},
  }
}

type Place = { key: string; staged: string; file: string; parent: string; above: string }

/** Bytes into the staging file, flushed and closed. The key is free or this faults `key-taken`. */
async function stage(
  file: FileHandle,
  target: Place,
  source: AsyncIterable<Uint8Array>,
  options: PutOptions,
): Promise<number> {
  try {
    if (await factsOf(target.file)) throw blobError('key-taken', `${target.key} exists`)
    return await writeFlushed(file, intake(source, options))
  } finally {
    await file.close()
  }
}

/**
 * Moves a flushed staging file to its place and flushes the folders whose entries are new. A folder
 * counts as known only after the folders above were flushed since this process started: another
 * put, or a process killed before, may have created it without having flushed yet.
 */
function publisher(root: string, flush: (path: string) => Promise<void>) {
  const known = new Set<string>()
  return async ({ key, staged, file, parent, above }: Place) => {
    const name = key.slice(0, 4)
    const isKnown = known.has(name)
    if (!isKnown) await mkdir(parent, { recursive: true, mode: 0o700 })
    await rename(staged, file)
    try {
      await Promise.all((isKnown ? [parent] : [parent, above, root]).map(flush))
    } catch (error) {
      await rm(file, { force: true })
      throw error
    }
    known.add(name)
  }
}

/** Creates root and staging and flushes every folder that got a new entry. */
async function prepareFolders(
  root: string,
  staging: string,
  flush: (path: string) => Promise<void>,
): Promise<void> {
  const first = await mkdir(staging, { recursive: true, mode: 0o700 })
  const top = first === undefined ? root : dirname(first)
  let path = staging
  while (path !== top && path !== dirname(path)) {
    path = dirname(path)
    await flush(path)
  }
}

async function flushFolder(path: string): Promise<void> {
  const folder = await open(path, constants.O_RDONLY | constants.O_DIRECTORY)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function factsOf(path: string): Promise<BlobFacts | undefined> {
  try {
    const { size, mtimeMs } = await stat(path)
    return { size, modifiedAt: Math.floor(mtimeMs) }
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw error
  }
}

async function probe(path: string): Promise<void> {
  const file = await open(path, 'w', 0o600)
  try {
    await file.write(Buffer.alloc(4096))
    await file.datasync()
  } finally {
    await file.close()
    await rm(path, { force: true })
  }
}

function checkRange({ start, end }: ByteRange, size: number): void {
  if (start < 0 || end < start || start >= size) {
    throw blobError('bad-range', `${start}-${end} is outside of ${size} bytes`)
  }
}

const FULL: Record<string, BlobErrorCode> = { ENOSPC: 'storage-full', EDQUOT: 'storage-full' }

/** The store's error for a system error with one of these codes or of a full disk. */
function translated(error: unknown, codes: Record<string, BlobErrorCode> = {}): unknown {
  const system = systemCode(error)
  const code = system === undefined ? undefined : (codes[system] ?? FULL[system])
  return code && error instanceof Error ? blobError(code, error.message, error) : error
}

async function named<T>(work: Promise<T>, codes: Record<string, BlobErrorCode>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw translated(error, codes)
  }
}

function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}

/** Runs `work` until it has succeeded once; callers meanwhile share the attempt. */
function once(work: () => Promise<void>): () => Promise<void> {
  let attempt: Promise<void> | undefined
  return () => {
    attempt ??= work().catch((error) => {
      attempt = undefined
      throw error
    })
    return attempt
  }
}
