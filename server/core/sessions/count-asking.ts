import type { Ctx } from '../ctx.ts'
import { Fault } from '../fault.ts'
import type { Tx } from '../store.ts'
import { networkFactor } from './guarded.ts'
import { networkOf } from './network-of.ts'

/**
 * Counts a wish that anybody may have and that costs something (a mail, a row): the fault 'locked'
 * 'session' once one network had too many of the kind.
 */
export async function countAsking(ctx: Ctx, tx: Tx, kind: string): Promise<Fault | undefined> {
  const key = `${kind}:${networkOf(ctx.client.address) ?? ''}`
  const until = (await tx.throttle.hold(key))?.lockedUntil ?? 0
  if (until > ctx.now) {
    const retryAfter = Math.ceil((until - ctx.now) / 1000)
    return new Fault('locked', 'session', undefined, { until, retryAfter })
  }
  const limit = ctx.limits.loginFailures * networkFactor
  await tx.throttle.fail(key, ctx.now, limit, ctx.limits.loginLockSeconds)
  return undefined
}
