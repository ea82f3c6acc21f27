import type { Ctx } from '../ctx.ts'
import { Fault, type FaultData, type Subject } from '../fault.ts'
import type { Tx } from '../store.ts'
import { networkOf } from './network-of.ts'
import type { Throttle } from './throttle-store.ts'

/** Failures that are counted under one key until they lock it. */
export type Counter = {
  readonly key: string
  readonly limit: number
  /** A right secret clears it. Not so for networks: success at one hides guesses at others. */
  readonly clears: boolean
}

export type Guarded<T> = {
  /** What is locked or has the wrong secret: an account, a link. */
  readonly subject: Subject
  readonly counters: readonly Counter[]
  /** The slow comparison, outside of any transaction. */
  check(): Promise<boolean>
  /** In one transaction with the counting. What it throws rolls back. */
  right(tx: Tx): Promise<T | Fault>
  wrong?(tx: Tx): Promise<void>
}

/**
 * How many failures a network may have for each that an account may: an office behind one address
 * has many people who mistype.
 */
export const networkFactor = 10

/** Counters for one secret (`key`) and for the network from which it is tried (`realm`). */
export function countersFor(ctx: Ctx, key: string, realm: string): Counter[] {
  const limit = ctx.limits.loginFailures
  const network = networkOf(ctx.client.address)
  const own = { key, limit, clears: true }
  if (network === null) return [own]
  return [own, { key: `${realm}:${network}`, limit: limit * networkFactor, clears: false }]
}

/**
 * Runs an attempt at a secret under its counters. Each failure is counted in the database before it
 * is answered ('wrong-credentials'; data.lastAttempt before the one that locks), the one that
 * reaches the limit answers 'locked', and so does everything, right or wrong, until the lock is
 * over: of any number of attempts at once no more than the limit are told whether they were right.
 */
export async function guarded<T>(ctx: Ctx, attempt: Guarded<T>): Promise<T> {
  const { counters, subject } = attempt
  const early = await ctx.read((tx) => lockOf(ctx, tx, attempt, false))
  if (early) throw early
  const isRight = await attempt.check()
  const outcome = await ctx.write(async (tx) => {
    const locked = await lockOf(ctx, tx, attempt, true)
    if (locked) return locked
    if (!isRight) {
      await attempt.wrong?.(tx)
      return countFailure(ctx, tx, counters, subject)
    }
    for (const { key, clears } of counters) if (clears) await tx.throttle.clear(key)
    return attempt.right(tx)
  })
  if (outcome instanceof Fault) throw outcome
  return outcome
}

/**
 * The fault of a counter that is locked. `hold`: nothing is counted by others meanwhile.
 * Keys are taken in the order of the counters, so that transactions do not block each other.
 */
export async function lockOf(
  ctx: Ctx,
  tx: Tx,
  { counters, subject }: Pick<Guarded<unknown>, 'counters' | 'subject'>,
  hold: boolean,
): Promise<Fault | undefined> {
  for (const { key } of counters) {
    const throttle = await (hold ? tx.throttle.hold(key) : tx.throttle.find(key))
    if (isLocked(ctx, throttle)) return lockedFault(ctx, subject, throttle?.lockedUntil)
  }
  return undefined
}

async function countFailure(
  ctx: Ctx,
  tx: Tx,
  counters: readonly Counter[],
  subject: Subject,
): Promise<Fault> {
  let data: FaultData = {}
  let lockedUntil: number | null = null
  for (const { key, limit, clears } of counters) {
    const state = await tx.throttle.fail(key, ctx.now, limit, ctx.limits.loginLockSeconds)
    if (isLocked(ctx, state)) lockedUntil ??= state.lockedUntil
    else if (clears && state.failures === limit - 1) data = { lastAttempt: true }
  }
  if (lockedUntil !== null) return lockedFault(ctx, subject, lockedUntil)
  return new Fault('wrong-credentials', subject, undefined, data)
}

function isLocked(ctx: Ctx, throttle: Throttle | undefined): boolean {
  const until = throttle?.lockedUntil
  return typeof until === 'number' && until > ctx.now
}

/** `until` in milliseconds since the epoch, `retryAfter` the seconds to it. */
function lockedFault(ctx: Ctx, subject: Subject, until: number | null | undefined): Fault {
  const retryAfter = typeof until === 'number' ? Math.ceil((until - ctx.now) / 1000) : null
  return new Fault('locked', subject, undefined, { until: until ?? null, retryAfter })
}
