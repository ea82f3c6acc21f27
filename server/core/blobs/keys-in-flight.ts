import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Tx } from '../store.ts'
import type { BlobStore } from './blob-store.ts'

/** A key under which bytes arrive and to which no row refers yet. */
export type Flight = {
  readonly key: string
  /** When it began, and when the database was last told; ms. */
  readonly startedAt: number
  toldAt: number
  isHeld: boolean
}

/** Keys of this process, by byte store: a sweep beside us leaves them alone. */
const flights = new WeakMap<BlobStore, Set<string>>()

/** A shorter grace would let another process sweep bytes between their flush and their commit. */
const leastGraceMs = 60_000

/** How long bytes that nothing refers to are kept, ms. */
export function graceMs(ctx: Pick<Ctx, 'limits'>): number {
  return Math.max(leastGraceMs, ctx.limits.blobGraceSeconds * 1000)
}

/** Keys of the byte store on which this process works now. */
export function keysInFlight(blobs: BlobStore): ReadonlySet<string> {
  return flights.get(blobs) ?? new Set()
}

export function startFlight(ctx: Ctx): Flight {
  const keys = flights.get(ctx.blobs) ?? new Set()
  flights.set(ctx.blobs, keys)
  const key = ctx.secrets.blobKey()
  keys.add(key)
  const now = ctx.clock()
  return { key, startedAt: now, toldAt: now, isHeld: false }
}

/** Called when the commit that refers to the key, or the attempt, is over. */
export function endFlight(ctx: Ctx, flight: Flight): void {
  flights.get(ctx.blobs)?.delete(flight.key)
}

/**
 * Passes chunks on and, where they come for so long that a sweep of another process might take the
 * object for a leftover, says in the database that they still come.
 */
export async function* tended(
  ctx: Ctx,
  flight: Flight,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const grace = graceMs(ctx)
  for await (const chunk of source) {
    const now = ctx.clock()
    if (now - flight.toldAt > grace / 4) {
      await ctx.write((tx) => tx.blobs.holdKey(flight.key, now + grace))
      flight.toldAt = now
      flight.isHeld = true
    }
    yield chunk
  }
}

/**
 * In the transaction that refers to the key: makes sure that no sweep has taken the object. Faults
 * 'unavailable' 'upload' when so much time has passed unseen that one may have.
 */
export async function landFlight(ctx: Ctx, tx: Tx, flight: Flight): Promise<void> {
  const held = flight.isHeld && (await tx.blobs.releaseKey(flight.key))
  if (held || (!flight.isHeld && ctx.clock() - flight.startedAt < graceMs(ctx) / 2)) return
  fault('unavailable', 'upload', undefined, { reason: 'stalled' })
}
