import type { Segment } from './blob-row-store.ts'
import type { BlobStore, ByteRange } from './blob-store.ts'

/**
 * The bytes of segments in order, whole or a range of all of them; each object is opened when the
 * one before has been read. Ending the iteration early closes what is open.
 */
export async function* openSegments(
  blobs: BlobStore,
  segments: readonly Segment[],
  range?: ByteRange,
): AsyncGenerator<Buffer, void, undefined> {
  for (const { key, part } of spans(segments, range)) {
    const stream = await blobs.open(key, part)
    try {
      for await (const chunk of stream) yield chunk as Buffer
    } finally {
      stream.destroy()
    }
  }
}

export type Span = {
  readonly key: string
  /** Absent: the whole object. */
  readonly part?: ByteRange
}

/** Which part of which object a range consists of. Empty segments are passed over. */
export function spans(segments: readonly Segment[], range?: ByteRange): Span[] {
  const found: Span[] = []
  let offset = 0
  for (const { key, size } of segments) {
    const start = Math.max(0, (range?.start ?? 0) - offset)
    const end = Math.min(size - 1, (range?.end ?? Number.MAX_SAFE_INTEGER) - offset)
    if (start <= end) {
      found.push(start === 0 && end === size - 1 ? { key } : { key, part: { start, end } })
    }
    offset += size
  }
  return found
}
