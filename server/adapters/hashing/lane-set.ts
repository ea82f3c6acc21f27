import type { HashPool, Lane } from './hash-pool.ts'

/** All lanes of one stream as one. */
export type LaneSet = {
  /** Names bytes of the ring to every lane. */
  update(offset: number, length: number): void
  /** How many updates every lane has taken. */
  taken(): number
  /** Resolves when a lane has got on; rejects when one has failed. One caller at a time. */
  changed(): Promise<void>
  /** Throws if a lane has failed or somebody still waits for `changed`. */
  assertFree(): void
  /** The digests in the order of the names. */
  end(): Promise<string[]>
  /** The digests so far, in the order of the names; the lanes stay open. */
  soFar(): Promise<string[]>
  drop(): void
}

export function laneSet(pool: HashPool, ring: SharedArrayBuffer, names: string[][]): LaneSet {
  const taken = names.map(() => 0)
  const digests: (string[] | undefined)[] = names.map(() => undefined)
  let failure: Error | undefined
  let waiting: { resolve: () => void; reject: (error: Error) => void } | undefined

  const wake = () => {
    const waiter = waiting
    waiting = undefined
    if (failure) waiter?.reject(failure)
    else waiter?.resolve()
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
  const openLane = (index: number): Lane =>
    pool.open(ring, names[index]!, {
      taken() {
        taken[index]! += 1
        wake()
      },
      digest(hexes) {
        digests[index] = hexes
        wake()
      },
      soFar(hexes) {
        digests[index] = hexes
        wake()
      },
      failed,
    })
  const lanes = names.map((_, index) => openLane(index))

  const allDigests = async () => {
    while (digests.includes(undefined)) await changed()
    return digests.flatMap((hexes) => hexes ?? [])
  }

  return {
    update(offset, length) {
      for (const lane of lanes) lane.update(offset, length)
    },
    taken: () => Math.min(...taken),
    changed,
    assertFree() {
      if (failure) throw failure
      if (waiting) throw new Error('The promise of the update before was not awaited')
    },
    async end() {
      for (const lane of lanes) lane.end()
      return allDigests()
    },
    async soFar() {
      for (const lane of lanes) lane.soFar()
      const found = await allDigests()
      digests.fill(undefined)
      return found
    },
    drop() {
      for (const lane of lanes) lane.drop()
      failed(new Error('The hashing was abandoned'))
    },
  }
}
