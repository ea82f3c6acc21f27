/** A repeatable source of chance: the same seed, the same run. */
export type Random = {
  /** A whole number from 0 up to, not including, `below`. */
  below(below: number): number
  bytes(length: number): Buffer
  shuffled<T>(items: readonly T[]): T[]
}

/** STRONGROOM_TEST_SEED repeats a run; without it each run has a seed of its own, to be printed. */
export function seedOfRun(): number {
  const given = process.env.STRONGROOM_TEST_SEED
  if (given === undefined || given === '') return Date.now() % 1_000_000_000
  const seed = Number(given)
  if (!Number.isSafeInteger(seed)) throw new Error(`STRONGROOM_TEST_SEED is no number: ${given}`)
  return seed
}

/** A whole number from the environment that makes a run longer or shorter. */
export function numberOfRun(name: string, usual: number): number {
  const number = Number(process.env[name] || usual)
  if (!Number.isSafeInteger(number) || number < 1) throw new Error(`${name} is no count`)
  return number
}

/** mulberry32: 32 bits of state, good enough to choose moments and make bytes. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const below = (limit: number) => Math.floor((next() / 2 ** 32) * limit)
  return {
    below,
    bytes(length) {
      const bytes = Buffer.alloc(Math.ceil(length / 4) * 4)
      for (let at = 0; at < bytes.length; at += 4) bytes.writeUInt32LE(next(), at)
      return bytes.subarray(0, length)
    },
    shuffled(items) {
      const rest = [...items]
      return items.map(() => rest.splice(below(rest.length), 1)[0]!)
    },
  }
}
