import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { has, ROLE_USERS } from '../permissions/permission.ts'
import type { Tx } from '../store.ts'
import type { Mail } from './mailer.ts'
import { queueMail } from './queue-mail.ts'

/**
 * Queues a mail that a user wants sent to an address of his choice. So that nobody floods strangers
 * in this installation's name, 'too-many' 'mail' with data.retryAfter after `limits.userMails` of
 * them without a pause of `limits.loginLockSeconds`; who administers users is not counted. Faults
 * as `queueMail`.
 */
export async function queueUserMail(ctx: Ctx, tx: Tx, mail: Mail): Promise<void> {
  await queueMail(ctx, tx, mail)
  const { actor, limits } = ctx
  if (actor.kind !== 'user' || has(actor.roles, ROLE_USERS)) return
  const key = `mails:${actor.userId}`
  const until = (await tx.throttle.hold(key))?.lockedUntil ?? 0
  if (until > ctx.now) {
    const retryAfter = Math.ceil((until - ctx.now) / 1000)
    fault('too-many', 'mail', undefined, { limit: limits.userMails, retryAfter })
  }
  await tx.throttle.fail(key, ctx.now, limits.userMails, limits.loginLockSeconds)
}
