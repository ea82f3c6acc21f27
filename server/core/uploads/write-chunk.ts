import type { Hashing } from '../blobs/hasher.ts'
import { endFlight, landFlight } from '../blobs/keys-in-flight.ts'
import { type Received, receive } from '../blobs/receive.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { withinLink } from '../links/link-limits.ts'
import type { Tx } from '../store.ts'
import { type ChunkPlan, planChunk } from './chunk-plan.ts'
import { claimMore } from './claim-more.ts'
import { dropObjects } from './drop-objects.ts'
import { assertOpen, findUpload } from './find-upload.ts'
import { keepRunning, takeRunning } from './running-hashes.ts'
import type { FoundUpload, UploadPart, UploadRef } from './upload.ts'
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
 * Takes a chunk in, in the order of arrival; the answer means that it is flushed. A chunk that
 * begins inside what is stored takes the place of everything from there (a chunk sent again); one
 * that begins beyond faults 'range' 'upload' with data.stored. Few bytes stay in the database until
 * they become too many; after that every chunk is an object of its own.
 */
export async function writeChunk(ctx: Ctx, input: WriteChunk): Promise<WrittenChunk> {
  return inTurn(ctx, input.upload, async () => {
    const upload = await ctx.read((tx) => findUpload(ctx, tx, input.upload))
    assertChunks(ctx, upload)
    const plan = await planChunk(ctx, upload, input.start)
    if (upload.linkId === null) return writeAt(ctx, plan, input)
    return withinLink(ctx, upload, plan.start, (maxBytes) =>
      writeAt(ctx, plan, { ...input, maxBytes }),
    )
  })
}

function assertChunks(ctx: Ctx, upload: FoundUpload): void {
  assertOpen(ctx, upload)
  if (upload.direct) fault('invalid', 'upload', undefined, { field: 'direct', rule: 'parts' })
}

async function writeAt(ctx: Ctx, plan: ChunkPlan, input: WriteChunk): Promise<WrittenChunk> {
  const { upload, start } = plan
  const whole = takeRunning(ctx, upload.id, start)
  // What begins the file has the hash of the file so far: the bytes are hashed once.
  const own = whole && start === 0 ? undefined : ctx.hasher.begin()
  let chunk: Received | undefined
  try {
    chunk = await take(
      ctx,
      plan,
      input,
      [own, whole].filter((one) => one !== undefined),
    )
    const { md5 } = await (own ? own.digest() : whole!.soFar())
    const received = chunk.size
    if (received === 0) {
      if (start === 0) whole?.abandon()
      else if (whole) keepRunning(ctx, upload.id, whole, start)
      return { size: upload.received, received, md5 }
    }
    const part = partOf(plan, chunk, md5)
    await ctx.write((tx) => commit(ctx, tx, plan, part, chunk!))
    if (whole) keepRunning(ctx, upload.id, whole, start + received)
    await dropObjects(ctx, plan.dropped)
    return { size: start + received, received, md5 }
  } catch (error) {
    own?.abandon()
    whole?.abandon()
    throw error
  } finally {
    if (chunk?.kind === 'many') endFlight(ctx, chunk.flight)
  }
}

function take(
  ctx: Ctx,
  { upload, start, keepBytes, object }: ChunkPlan,
  { source, maxBytes = Number.POSITIVE_INFINITY }: WriteChunk,
  hashings: readonly Hashing[],
): Promise<Received> {
  return receive(ctx, source, {
    keepBytes,
    maxBytes: Math.min(ctx.limits.uploadBytes - start, maxBytes),
    room: upload.size === null ? null : upload.size - start,
    hashings,
    before: object.before,
  })
}

function partOf({ row, object }: ChunkPlan, chunk: Received, md5: string): UploadPart {
  if (chunk.kind === 'many') {
    const { position, offset, beforeSize } = object
    const size = beforeSize + chunk.size
    return { position, offset, size, key: chunk.flight.key, bytes: null, md5 }
  }
  const { position, offset, before } = row
  const bytes = before.byteLength > 0 ? Buffer.concat([before, chunk.bytes]) : chunk.bytes
  return { position, offset, size: bytes.byteLength, key: null, bytes, md5 }
}

/** Faults 'range' 'upload' when another process has written to the upload meanwhile. */
async function commit(
  ctx: Ctx,
  tx: Tx,
  { upload }: ChunkPlan,
  part: UploadPart,
  chunk: Received,
): Promise<void> {
  const now = await tx.uploads.findForUpdate(upload.id)
  if (!now) return fault('not-found', 'upload')
  assertOpen(ctx, now)
  if (now.received !== upload.received || now.partCount !== upload.partCount) {
    fault('range', 'upload', undefined, { stored: now.received })
  }
  const partCount = part.position + 1
  if (partCount > ctx.limits.uploadParts) {
    fault('too-many', 'upload', undefined, { limit: ctx.limits.uploadParts })
  }
  if (chunk.kind === 'many') await landFlight(ctx, tx, chunk.flight)
  if (part.position < now.partCount) await tx.uploads.removePartsFrom(now.id, part.position)
  await tx.uploads.putPart(now.id, part)
  const received = part.offset + part.size
  await tx.uploads.setProgress(now.id, {
    received,
    partCount,
    reserved: await claimMore(ctx, tx, now, received),
    expiresAt: ctx.clock() + ctx.limits.uploadTtlSeconds * 1000,
  })
}
