import { fault } from '../fault.ts'
import type { SourceRef } from './import-source.ts'
import { type ImportWork, save } from './import-work.ts'

/**
 * Bytes of a file, exactly as many as wanted; fewer are 'unavailable' 'import': the other side
 * broke off. While they come the lease is kept.
 */
export async function* watched(
  work: ImportWork,
  ref: SourceRef,
  offset: number,
  length: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let left = length
  if (left === 0) return
  for await (const chunk of work.source.open(ref, offset, length)) {
    // More than was asked for; else the answer is read to its end, so that its connection is kept.
    if (left === 0) return
    const part = chunk.byteLength > left ? chunk.subarray(0, left) : chunk
    left -= part.byteLength
    yield part
    await save(work)
  }
  if (left > 0) fault('unavailable', 'import', undefined, { rule: 'cut' })
}
