import type { Ctx } from '../ctx.ts'
import { Fault } from '../fault.ts'
import { codeLetter } from '../mail/letters/account-letters.ts'
import { isMailAddress } from '../mail/mail-fields.ts'
import { mailLanguage } from '../mail/mail-language.ts'
import { queueMail } from '../mail/queue-mail.ts'
import type { Tx } from '../store.ts'
import type { User } from '../users/user.ts'
import type { CodePurpose } from './code.ts'
import { countMessage, issueCode } from './issue-code.ts'
import { sixDigits } from './short-text.ts'

/** How a code reaches a user. Text messages have no adapter yet: nothing can send them. */
export type CodeChannel = 'mail' | 'text'

export type SentCode = {
  readonly secret: string
  readonly createdAt: number
  readonly expireAt: number
  readonly channel: CodeChannel
  /** The address, for its owner alone. */
  readonly email: string
  /** Where it went, as far as it may be told: the mail's domain. */
  readonly hint: string
}

/**
 * Why no code can reach a user: 'unsupported' 'mail' where the installation cannot send by the
 * channel, 'invalid' 'user' with data.field 'email' where the account has no address.
 */
export function whyUnreachable(ctx: Ctx, user: User, channel: CodeChannel): Fault | undefined {
  if (channel === 'text' || ctx.mailer === null) return new Fault('unsupported', 'mail')
  if (user.email !== null && isMailAddress(user.email)) return undefined
  return new Fault('invalid', 'user', undefined, { field: 'email', rule: 'missing' })
}

/**
 * Sends a user six digits to type, in the transaction of the use case. The Faults of
 * `whyUnreachable` and 'locked' 'code' after too many messages are returned.
 */
export async function sendCode(
  ctx: Ctx,
  tx: Tx,
  user: User,
  purpose: CodePurpose,
): Promise<SentCode | Fault> {
  const channel: CodeChannel = 'mail'
  const refusal = whyUnreachable(ctx, user, channel)
  if (refusal) return refusal
  const tooMany = await countMessage(ctx, tx, user.id, purpose)
  if (tooMany) return tooMany
  const email = user.email ?? ''
  const short = sixDigits(ctx)
  const seconds = ctx.limits.codeSeconds
  const { code, secret } = await issueCode(ctx, tx, { purpose, userId: user.id, seconds, short })
  const { createdAt, expireAt } = code
  const letter = codeLetter(mailLanguage(user.language), { short, until: expireAt })
  await queueMail(ctx, tx, { to: email, ...letter })
  const hint = email.slice(email.lastIndexOf('@') + 1)
  return { secret, createdAt, expireAt, channel, email, hint }
}
