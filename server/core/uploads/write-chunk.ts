import type { Segment } from '../blobs/blob-row-store.ts'
import type { Hashing } from '../blobs/hasher.ts'
import { endFlight, landFlight } from '../blobs/keys-in-flight.ts'
import { openSegments } from '../blobs/open-segments.ts'
import { receive, type Received } from '../blobs/receive.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { claim } from '../quota/reserve.ts'
import type { Tx } from '../store.ts'
import { assertOpen, findUpload } from './find-upload.ts'
import { dropObjects } from './drop-objects.ts'
import { keepRunning, takeRunning } from './running-hashes.ts'
import type { Upload, UploadPart, UploadRef } from './upload.ts'
import { inTurn } from './upload-turns.ts'

export type WriteChunk = {
  readonly upload: UploadRef
  readonly source: AsyncIterable<Uint8Array>
  /** Offset of the first byte; absent: after what is there. */
  readonly start?: number
  /** A tighter limit for this chunk than that of the installation. */
  readonly maxBytes?: number
}

export type WrittenChunk = {
  /** Bytes of the file that are stored now. */
  readonly size: number
  /** Bytes of this chunk, and their MD5 in hex. */
  readonly received: number
  readonly md5: string
}

/**
 * Appends a chunk in the order of arrival; the answer means that it is flushed. A chunk that begins
 * inside what is stored takes the place of everything from there (a chunk sent again); one that
 * begins beyond faults 'range' 'upload' with data.stored. Few bytes stay in the database until they
 * become too many; after that every chunk is an object of its own.
 */
export async function writeChunk(ctx: Ctx, input: WriteChunk): Promise<WrittenChunk> {
  const found = await ctx.read((tx) => findUpload(ctx, tx, input.upload))
  assertChunks(ctx, found)
  let first: Upload | undefined = found
  return inTurn(ctx, found.id, async () => {
    // Whoever had his turn before may have changed it: only the first may use what was read.
    const upload = first && !first.partCount ? first : await current(ctx, found.id)
    first = undefined
    const plan = await planOf(ctx, upload, input.start)
    const { chunk, hashing, received, md5 } = await take(ctx, plan, input)
    try {
      const size = plan.start + received
      if (received > 0) await ctx.write((tx) => commit(ctx, tx, plan, chunk, received, md5))
      if (hashing && received > 0) keepRunning(ctx, upload.id, hashing, size)
      await dropObjects(ctx, plan.dropped)
      return { size: received > 0 ? size : upload.received, received, md5 }
    } catch (error) {
      hashing?.abandon()
      throw error
    } finally {
      if (chunk.kind === 'many') endFlight(ctx, chunk.flight)
    }
  })
}

async function current(ctx: Ctx, id: number): Promise<Upload> {
  const upload = await ctx.read((tx) => tx.uploads.find(id))
  if (!upload) return fault('not-found', 'upload')
  assertChunks(ctx, upload)
  return upload
}

function assertChunks(ctx: Ctx, upload: Upload): void {
  assertOpen(ctx, upload)
  if (upload.direct) fault('invalid', 'upload', undefined, { field: 'direct', rule: 'parts' })
}

/** What a chunk does to the parts that are there. */
type Plan = {
  readonly upload: Upload
  readonly start: number
  /** Where the new part goes; parts from there on are removed. */
  readonly position: number
  readonly offset: number
  /** Bytes from `offset` to `start` that become the beginning of the new part. */
  readonly head: readonly Segment[]
  readonly headBytes: Uint8Array
  /** Whether everything so far lies in rows. */
  readonly inRows: boolean
  /** Objects that nothing refers to once this is committed. */
  readonly dropped: readonly string[]
}

async function planOf(ctx: Ctx, upload: Upload, from: number | undefined): Promise<Plan> {
  const stored = upload.received
  const start = from ?? stored
  if (!Number.isSafeInteger(start) || start < 0 || start > stored) {
    fault('range', 'upload', undefined, { stored })
  }
  const inRows = stored <= ctx.limits.smallFileBytes
  const nothing = { headBytes: new Uint8Array(0), head: [], dropped: [] }
  if (start === stored) {
    return { upload, start, position: upload.partCount, offset: start, inRows, ...nothing }
  }
  const parts = await ctx.read((tx) => tx.uploads.parts(upload.id))
  const dropped = parts.filter((part) => part.offset + part.size > start)
  const first = dropped[0]
  if (!first) return { upload, start, position: parts.length, offset: start, inRows, ...nothing }
  const keys = dropped.flatMap(({ key }) => (key === null ? [] : [key]))
  const length = start - first.offset
  const isRow = first.bytes !== null
  return {
    upload,
    start,
    position: first.position,
    offset: first.offset,
    head: isRow || length === 0 ? [] : [{ key: first.key!, size: length }],
    headBytes: first.bytes?.subarray(0, length) ?? new Uint8Array(0),
    inRows: isRow || (start === 0 && first.offset === 0),
    dropped: keys,
  }
}

type Taken = {
  readonly chunk: Received
  readonly hashing: Hashing | undefined
  readonly received: number
  readonly md5: string
}

/** Receives the chunk, hashed for itself and as a piece of the whole file. */
async function take(ctx: Ctx, plan: Plan, { source, maxBytes }: WriteChunk): Promise<Taken> {
  const { upload, start } = plan
  const room = (upload.size ?? ctx.limits.uploadBytes) - start
  const own = ctx.hasher.begin()
  const whole = takeRunning(ctx, upload.id, start)
  const hashings = whole ? [own, whole] : [own]
  try {
    const chunk = await receive(ctx, source, {
      // What is left of a file that grew out of its rows is never few again.
      keepBytes: plan.inRows ? Math.max(0, ctx.limits.smallFileBytes - start) : 0,
      maxBytes: Math.min(room, maxBytes ?? room),
      hashings,
      before: () => before(ctx, plan),
    })
    const { md5 } = await own.digest()
    return { chunk, hashing: whole, received: chunk.size, md5 }
  } catch (error) {
    for (const hashing of hashings) hashing.abandon()
    throw error
  }
}

/** What a new object begins with: the head of a part that is cut, or all rows that grow too many. */
async function before(ctx: Ctx, plan: Plan): Promise<AsyncIterable<Uint8Array>> {
  if (plan.head.length > 0) {
    const [{ size }] = plan.head as [Segment]
    return openSegments(ctx.blobs, whole(plan.head), { start: 0, end: size - 1 })
  }
  const parts = plan.inRows ? await ctx.read((tx) => tx.uploads.parts(plan.upload.id)) : []
  return Array.fromAsync(headOf(parts, plan.start)).then((chunks) => from(chunks))
}
