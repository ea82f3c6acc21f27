import type { Ctx } from '../ctx.ts'
import { Fault, fault } from '../fault.ts'
import type { Lease } from '../jobs/lease.ts'
import { queueSealed, sendSealed } from '../jobs/sealed-job.ts'
import type { Tx } from '../store.ts'
import { checkTextMessage } from './text-fields.ts'
import type { TextMessage } from './texter.ts'

/** Faults 'unsupported' 'text' where this installation sends no text messages. */
export function requireTexter(ctx: Ctx): void {
  if (ctx.texter === null) fault('unsupported', 'text')
}

/** `until`: it is worth nothing afterwards, and is not sent. */
export type QueueText = Pick<TextMessage, 'to' | 'text'> & { readonly until?: number }

/**
 * Queues a text message with the transaction of the use case (`queueSealed`). Faults 'unsupported'
 * 'text' where this installation sends none, 'invalid' 'text' with data.field and data.rule.
 */
export async function queueText(ctx: Ctx, tx: Tx, { to, text, until }: QueueText): Promise<void> {
  requireTexter(ctx)
  checkTextMessage({ to, text })
  await queueSealed(ctx, tx, 'send-text', { to, text, until })
}

/** The 'send-text' job. */
export async function sendTextJob(ctx: Ctx, lease: Lease): Promise<void> {
  const { texter } = ctx
  if (texter === null) return fault('unsupported', 'text')
  await sendSealed<QueueText>(ctx, lease, async ({ to, text, until, id }) => {
    if (until !== undefined && until <= ctx.now) return fault('expired', 'text')
    await texter.send({ to, text, id })
  })
}

const dayMs = 86_400_000

/**
 * Counts messages that are about to be sent for an account, since each costs money: the fault
 * 'locked' 'text' once there were `limits.textsPerDay` of a purpose on this day (UTC). The caller
 * throws it, or ends without sending any.
 */
export async function countTexts(
  ctx: Ctx,
  tx: Tx,
  { userId, purpose, count }: { userId: number; purpose: 'code' | 'link'; count: number },
): Promise<Fault | undefined> {
  const day = Math.floor(ctx.now / dayMs)
  const limit = ctx.limits.textsPerDay
  const key = `text:${purpose}:${userId}:${day}`
  for (let at = 0; at < count; at += 1) {
    const { failures } = await tx.throttle.fail(key, ctx.now, limit, dayMs / 1000)
    if (failures <= limit) continue
    const until = (day + 1) * dayMs
    const retryAfter = Math.ceil((until - ctx.now) / 1000)
    return new Fault('locked', 'text', undefined, { until, retryAfter, limit })
  }
  return undefined
}
