import { availableParallelism } from 'node:os'
import type { Hasher, Hashes, Hashing } from '../../core/blobs/hasher.ts'
import { type Gather, gather } from '../../lib/bytes/gather.ts'
import { hashPool } from './hash-pool.ts'
import { hashesOf } from './inline.ts'
import { type RingStream, ringStream } from './ring-stream.ts'

export type WorkerHasherOptions = {
  /** Streams of up to so many bytes are hashed on the event loop (256 KiB: about 0.7 ms). */
  inlineBytes?: number
  /** Threads at most. With two or more, the two hashes of a stream run side by side. */
  threads?: number
  /** Without a long stream for so long, the threads end. */
  idleSeconds?: number
  /** A long stream holds up to `slots` times `slotBytes` in memory. */
  slotBytes?: number
  slots?: number
}

const INLINE_BYTES = 256 * 1024
const IDLE_SECONDS = 30
const SLOT_BYTES = 256 * 1024
const SLOTS = 4

/** Hashes short streams in place and long ones in threads that read them from shared memory. */
export function workerHasher({
  inlineBytes = INLINE_BYTES,
  threads = Math.min(4, Math.max(2, availableParallelism())),
  idleSeconds = IDLE_SECONDS,
  slotBytes = SLOT_BYTES,
  slots = SLOTS,
}: WorkerHasherOptions = {}): Hasher {
  const pool = hashPool({ size: threads, idleSeconds })
  const lanes = threads > 1 ? [['md5'], ['sha256']] : [['md5', 'sha256']]
  const openStream = () => ringStream(pool, { slotBytes, slots, lanes })
  return { begin: () => beginHashing(inlineBytes, openStream), close: () => pool.close() }
}

function beginHashing(inlineBytes: number, openStream: () => RingStream): Hashing {
  let start: Gather | undefined = gather(inlineBytes)
  let stream: RingStream | undefined
  let isOver = false

  const feedBoth = async (first: Uint8Array, chunk: Uint8Array, to: RingStream) => {
    await to.feed(first)
    await to.feed(chunk)
  }
  const close = () => {
    if (isOver) throw new Error('The hashing is over')
    isOver = true
  }

  return {
    update(chunk) {
      if (isOver) throw new Error('The hashing is over')
      if (stream) return stream.feed(chunk)
      if (!start) throw new Error('The hashing is over')
      if (start.length() + chunk.byteLength <= inlineBytes) {
        start.add(chunk)
        return
      }
      const first = start.bytes()
      start = undefined
      stream = openStream()
      return feedBoth(first, chunk, stream)
    },
    async digest(): Promise<Hashes> {
      close()
      if (!stream) return hashesOf(start!.bytes())
      const [md5, sha256] = await stream.end()
      return { md5: md5!, sha256: sha256! }
    },
    async soFar(): Promise<Hashes> {
      if (isOver) throw new Error('The hashing is over')
      if (!stream) return hashesOf(start!.bytes())
      const [md5, sha256] = await stream.soFar()
      return { md5: md5!, sha256: sha256! }
    },
    abandon() {
      isOver = true
      start = undefined
      stream?.drop()
      stream = undefined
    },
  }
}
