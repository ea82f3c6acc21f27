import type { Ctx } from '../ctx.ts'
import type { Segment } from './blob-row-store.ts'
import type { Hashes } from './hasher.ts'
import { openSegments } from './open-segments.ts'

/** The hashes of bytes at hand. */
export async function hashBytes(ctx: Pick<Ctx, 'hasher'>, bytes: Uint8Array): Promise<Hashes> {
  const hashing = ctx.hasher.begin()
  await hashing.update(bytes)
  return hashing.digest()
}

/**
 * Reads segments from the byte store, one after the other, and hashes them as one. `onBytes` is
 * called between chunks with their length; what it throws ends the reading.
 */
export async function hashSegments(
  ctx: Pick<Ctx, 'hasher' | 'blobs'>,
  segments: readonly Segment[],
  onBytes?: (bytes: number) => void | Promise<void>,
): Promise<Hashes> {
  const hashing = ctx.hasher.begin()
  try {
    for await (const chunk of openSegments(ctx.blobs, segments)) {
      await hashing.update(chunk)
      await onBytes?.(chunk.byteLength)
    }
    return await hashing.digest()
  } finally {
    hashing.abandon()
  }
}
