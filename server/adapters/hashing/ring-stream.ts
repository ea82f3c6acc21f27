import type { HashPool } from './hash-pool.ts'
import { laneSet } from './lane-set.ts'

export type RingStream = {
  /** Copies the chunk; answers a promise when it has to wait for the threads to catch up. */
  feed(chunk: Uint8Array): void | Promise<void>
  /** The digests by the order of `lanes`, in hex. */
  end(): Promise<string[]>
  /** The same of what was fed so far, and the stream goes on. */
  soFar(): Promise<string[]>
  drop(): void
}

export type RingOptions = { slotBytes: number; slots: number; lanes: string[][] }

/**
 * One stream on its way to hash threads: a ring of shared memory that all lanes read. The caller
 * fills a slot, every lane takes it, then it is free again; there is no other queue, so a stream
 * never holds more than `slots * slotBytes`.
 */
export function ringStream(pool: HashPool, options: RingOptions): RingStream {
  const { slotBytes, slots } = options
  const ring = new SharedArrayBuffer(slotBytes * slots)
  const bytes = new Uint8Array(ring)
  const lanes = laneSet(pool, ring, options.lanes)
  let sent = 0
  let filled = 0

  const send = () => {
    if (filled === 0) return
    lanes.update((sent % slots) * slotBytes, filled)
    sent += 1
    filled = 0
  }
  /** Copies from `at` on while there is room; answers where it stopped. */
  const copy = (chunk: Uint8Array, at: number): number => {
    let from = at
    while (from < chunk.byteLength && sent - lanes.taken() < slots) {
      const part = chunk.subarray(from, from + slotBytes - filled)
      bytes.set(part, (sent % slots) * slotBytes + filled)
      filled += part.byteLength
      from += part.byteLength
      if (filled === slotBytes) send()
    }
    return from
  }
  const feedRest = async (chunk: Uint8Array, at: number) => {
    let from = at
    while (from < chunk.byteLength) {
      await lanes.changed()
      from = copy(chunk, from)
    }
  }

  return {
    feed(chunk) {
      lanes.assertFree()
      const from = copy(chunk, 0)
      return from < chunk.byteLength ? feedRest(chunk, from) : undefined
    },
    async end() {
      lanes.assertFree()
      send()
      return lanes.end()
    },
    async soFar() {
      lanes.assertFree()
      // A slot that is sent half full is a slot used: there has to be one.
      while (filled > 0 && sent - lanes.taken() >= slots) await lanes.changed()
      send()
      return lanes.soFar()
    },
    drop: () => lanes.drop(),
  }
}
