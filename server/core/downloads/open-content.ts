import { Readable } from 'node:stream'
import { isBlobError } from '../blobs/blob-error.ts'
import type { Segment } from '../blobs/blob-row-store.ts'
import type { ByteRange } from '../blobs/blob-store.ts'
import { openSegments, spans } from '../blobs/open-segments.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Content } from '../nodes/node.ts'
import type { OpenFile } from './open-file.ts'

/**
 * A file's bytes for a reader who was authorised: small blobs from their row, others segment by
 * segment. `open` faults 'range' 'node' 'file' (data.size) where the range has no byte, and
 * 'unavailable' 'node' 'file' when bytes that must be there are not.
 */
export function openContent(
  ctx: Ctx,
  { name, content, modifiedAt }: { name: string; content: Content; modifiedAt: number },
): OpenFile {
  const { size } = content
  return {
    name,
    content,
    size,
    modifiedAt,
    async open(range) {
      if (range) checkRange(range, size)
      if (size === 0) return Readable.from([])
      const found = await ctx.read((tx) => tx.blobs.content(content.blobId))
      if (!found) return missing(ctx, content, 'row')
      if ('segments' in found) return openStream(ctx, content, found.segments, range)
      const { bytes } = found
      const part = range ? bytes.subarray(range.start, range.end + 1) : bytes
      return Readable.from([Buffer.from(part.buffer, part.byteOffset, part.byteLength)])
    },
  }
}

function checkRange({ start, end }: ByteRange, size: number): void {
  const isInside = Number.isSafeInteger(start) && start >= 0 && start < size && end >= start
  if (!isInside) fault('range', 'node', 'file', { size })
}

async function openStream(
  ctx: Ctx,
  content: Content,
  segments: readonly Segment[],
  range: ByteRange | undefined,
): Promise<Readable> {
  const [first, second] = spans(segments, range)
  if (!first) return missing(ctx, content, 'segments')
  try {
    if (!second) return await ctx.blobs.open(first.key, first.part)
  } catch (error) {
    if (isBlobError(error, 'blob-missing') || isBlobError(error, 'bad-range')) {
      return missing(ctx, content, first.key)
    }
    throw error
  }
  return Readable.from(openSegments(ctx.blobs, segments, range), { objectMode: false })
}

function missing(ctx: Ctx, content: Content, what: string): never {
  ctx.log.error({ blob: content.blobId, version: content.versionId, what }, 'Bytes are missing')
  return fault('unavailable', 'node', 'file')
}
