import { createHash } from 'node:crypto'
import { isBlobError } from '../../core/blobs/blob-error.ts'
import type { BlobStore } from '../../core/blobs/blob-store.ts'
import type { OnProgress } from './backup-progress.ts'
import type { FileFacts } from './line-files.ts'
import { writeLines } from './line-files.ts'
import { mapAhead } from './map-ahead.ts'
import type { KeptObject, ObjectLine, WantedObject } from './object-list.ts'

export type BackUpObjects = {
  readonly source: BlobStore
  readonly target: BlobStore
  readonly wanted: AsyncIterable<WantedObject>
  /** What an earlier backup into the same target wrote, by key; its hashes are believed. */
  readonly known: AsyncIterable<KeptObject>
  readonly totals: { readonly count: number; readonly bytes: number }
  /** The list to write. */
  readonly listPath: string
  readonly onProgress: OnProgress
}

export type BackedObjects = FileFacts & {
  readonly count: number
  readonly bytes: number
  readonly missing: number
  readonly damaged: number
  /** Objects and bytes that this backup had to copy. */
  readonly copied: { readonly count: number; readonly bytes: number }
}

type Kept = KeptObject & { readonly isDamaged: boolean; readonly isCopied: boolean }
type Candidate = { readonly wanted: WantedObject; readonly known: KeptObject | undefined }

const atOnce = 8
const attempts = 3

/**
 * Copies what the target does not have yet and writes the list of what it has then. An object that
 * is missing in the source, or is not what the rows say, does not end the backup: it is counted,
 * copied as far as it is there, and noted.
 */
export async function backUpObjects(input: BackUpObjects): Promise<BackedObjects> {
  const sums = { count: 0, bytes: 0, missing: 0, damaged: 0 }
  const copied = { count: 0, bytes: 0 }
  let done = 0
  async function* lines() {
    const candidates = withKnown(input.wanted, input.known)
    for await (const kept of mapAhead(candidates, atOnce, (one) => keep(input, one))) {
      done += 1
      if (kept) {
        sums.count += 1
        sums.bytes += kept.sha256 === null ? 0 : kept.size
        if (kept.sha256 === null) sums.missing += 1
        if (kept.isDamaged) sums.damaged += 1
        if (kept.isCopied) copied.count += 1
        if (kept.isCopied) copied.bytes += kept.size
        yield [kept.key, kept.size, kept.sha256] satisfies ObjectLine
      }
      const { count: total, bytes: totalBytes } = input.totals
      input.onProgress({ step: 'objects', done, total, bytes: sums.bytes, totalBytes })
    }
  }
  const facts = await writeLines(input.listPath, lines())
  return { ...facts, ...sums, copied }
}

/** Both are in the order of keys. */
async function* withKnown(
  wanted: AsyncIterable<WantedObject>,
  known: AsyncIterable<KeptObject>,
): AsyncGenerator<Candidate, void, undefined> {
  const others = known[Symbol.asyncIterator]()
  try {
    let other = await others.next()
    for await (const object of wanted) {
      while (!other.done && other.value.key < object.key) other = await others.next()
      const same = !other.done && other.value.key === object.key
      yield { wanted: object, known: same ? other.value : undefined }
    }
  } finally {
    await others.return?.()
  }
}

/** Undefined: an upload at the store itself that has made no object yet. */
async function keep(input: BackUpObjects, { wanted, known }: Candidate): Promise<Kept | undefined> {
  const { key } = wanted
  const there = await input.target.stat(key)
  if (there) {
    const believed = known?.sha256 && known.size === there.size ? known.sha256 : undefined
    const sha256 = believed ?? (await hashOf(input.target, key))
    const kept = { key, size: there.size, sha256, isCopied: false }
    if (!differs(wanted, kept)) return { ...kept, isDamaged: false }
    await input.target.remove(key)
  }
  const copy = await copied(input, key)
  if (copy) return { ...copy, isDamaged: differs(wanted, copy), isCopied: true }
  if (wanted.size === null) return undefined
  return { key, size: wanted.size, sha256: null, isDamaged: false, isCopied: false }
}

function differs(wanted: WantedObject, { size, sha256 }: KeptObject): boolean {
  const otherSize = wanted.size !== null && wanted.size !== size
  return otherSize || (wanted.sha256 !== null && wanted.sha256 !== sha256)
}

/** Tries again what a passing failure of the source broke off; undefined: there is no object. */
async function copied(input: BackUpObjects, key: string): Promise<KeptObject | undefined> {
  for (let attempt = 1; ; attempt++) {
    const hash = createHash('sha256')
    try {
      const { size } = await input.target.put(key, hashed(await input.source.open(key), hash))
      return { key, size, sha256: hash.digest('hex') }
    } catch (error) {
      if (isBlobError(error, 'blob-missing')) return undefined
      if (isBlobError(error) || attempt >= attempts) throw error
    }
  }
}

async function* hashed(
  chunks: AsyncIterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of chunks) {
    hash.update(chunk)
    yield chunk
  }
}

/** SHA-256 of an object, in hex. */
export async function hashOf(blobs: BlobStore, key: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of await blobs.open(key)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
