import type { HashPool, Lane } from './hash-pool.ts'

export type RingStream = {
  /** Copies the chunk; answers a promise when it has to wait for the threads to catch up. */
  feed(chunk: Uint8Array): void | Promise<void>
  /** The digests by the order of `names`, in hex. */
  end(): Promise<string[]>
  drop(): void
}

export type RingOptions = { slotBytes: number; slots: number; lanes: string[][] }

/**
 * One stream on its way to hash threads: a ring of shared memory that all lanes read. The caller
 * fills a slot, every lane takes it, then it is free again; there is no other queue, so a stream
 * never holds more than `slots * slotBytes`.
 */
export function ringStream(pool: HashPool, { slotBytes, slots, lanes }: RingOptions): RingStream {
  const ring = new SharedArrayBuffer(slotBytes * slots)
  const bytes = new Uint8Array(ring)
  const taken = lanes.map(() => 0)
  const digests: string[][] = []
  let sent = 0
  let filled = 0
  let failure: Error | undefined
  let waiting: { resolve: () => void; reject: (error: Error) => void } | undefined

  const wake = () => {
    const waiter = waiting
    if (!waiter) return
    waiting = undefined
    if (failure) waiter.reject(failure)
    else waiter.resolve()
  }
  const failed = (error: Error) => {
    failure ??= error
    wake()
  }
  const changed = () =>
    new Promise<void>((resolve, reject) => {
      if (failure) reject(failure)
      else waiting = { resolve, reject }
    })
  const hasRoom = () => sent - Math.min(...taken) < slots
  const open: Lane[] = lanes.map((names, index) =>
    pool.open(ring, names, {
      taken() {
        taken[index]! += 1
        wake()
      },
      digest(hexes) {
        digests[index] = hexes
        wake()
      },
      failed,
    }),
  )

  const send = () => {
    if (filled === 0) return
    for (const lane of open) lane.update((sent % slots) * slotBytes, filled)
    sent += 1
    filled = 0
  }
  /** Copies from `at` on while there is room; answers where it stopped. */
  const copy = (chunk: Uint8Array, at: number): number => {
    let from = at
    while (from < chunk.byteLength && hasRoom()) {
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
      await changed()
      from = copy(chunk, from)
    }
  }

  return {
    feed(chunk) {
      if (failure) throw failure
      if (waiting) throw new Error('The promise of the update before was not awaited')
      const from = copy(chunk, 0)
      return from < chunk.byteLength ? feedRest(chunk, from) : undefined
    },
    async end() {
      if (waiting) throw new Error('The promise of the update before was not awaited')
      send()
      for (const lane of open) lane.end()
      while (lanes.some((_, index) => digests[index] === undefined)) await changed()
      return digests.flat()
    },
    drop() {
      for (const lane of open) lane.drop()
      failed(new Error('The hashing was abandoned'))
    },
  }
}
