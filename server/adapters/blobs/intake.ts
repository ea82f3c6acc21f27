import { blobError } from '../../core/blobs/blob-error.ts'
import { isBlobKey, type PutOptions } from '../../core/blobs/blob-store.ts'

/** Faults `bad-key` unless the key is 32 lower-case hex digits; no other form reaches a path. */
export function assertKey(key: string): void {
  if (!isBlobKey(key)) throw blobError('bad-key', 'A blob key has 32 lower-case hex digits')
}

/**
 * Yields the non-empty chunks of the source. Throws the signal's reason as soon as it fires, even
 * while the source is stalled, and `size-mismatch` when the bytes are not `size` (at the first
 * byte too many, or at the end). The source's `return` is called but not awaited: a generator that
 * is stalled in its own `await` would answer it only when that ends.
 */
export async function* intake(
  source: AsyncIterable<Uint8Array>,
  { size, signal }: PutOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const iterator = source[Symbol.asyncIterator]()
  let interrupt: (reason: unknown) => void = () => {}
  const onAbort = () => interrupt(signal?.reason)
  signal?.addEventListener('abort', onAbort)
  let total = 0
  let ended = false
  try {
    for (;;) {
      signal?.throwIfAborted()
      const step = await new Promise<IteratorResult<Uint8Array>>((resolve, reject) => {
        interrupt = reject
        iterator.next().then(resolve, reject)
      })
      ended = step.done === true
      if (step.done) break
      total += step.value.byteLength
      if (size !== undefined && total > size) throw wrongSize(size, total)
      if (step.value.byteLength > 0) yield step.value
    }
    if (size !== undefined && total !== size) throw wrongSize(size, total)
  } finally {
    signal?.removeEventListener('abort', onAbort)
    // What the source says to being ended early is not this put's outcome.
    if (!ended) iterator.return?.().catch(() => {})
  }
}

function wrongSize(size: number, total: number) {
  const amount = total > size ? 'more' : `only ${total}`
  return blobError('size-mismatch', `${size} bytes were announced, ${amount} came`)
}
