import type { Ctx } from '../ctx.ts'
import { Fault } from '../fault.ts'
import { codeLetter } from '../mail/letters/account-letters.ts'
import { isMailAddress } from '../mail/mail-fields.ts'
import { mailLanguage } from '../mail/mail-language.ts'
import { queueMail } from '../mail/queue-mail.ts'
import type { Tx } from '../store.ts'
import { countTexts, queueText } from '../texts/queue-text.ts'
import { codeText } from '../texts/written-texts.ts'
import { codeNumberOf } from '../users/second-step.ts'
import type { User } from '../users/user.ts'
import type { CodeChannel, CodePurpose } from './code.ts'
import { countMessage, issueCode } from './issue-code.ts'
import { sixDigits } from './short-text.ts'

export type SentCode = {
  readonly secret: string
  readonly createdAt: number
  readonly expireAt: number
  readonly channel: CodeChannel
  /** Where it went, for its owner alone. */
  readonly to: string
  /** The same as far as it may be told: the mail's domain, the last four digits of the number. */
  readonly hint: string
}

/** Where a code goes. */
export type CodeWay = { readonly channel: CodeChannel; readonly to: string }

/**
 * The way by mail. Faults are returned: 'unsupported' 'mail' where this installation sends none,
 * 'invalid' 'user' with data.field 'email' where the account has no address.
 */
export function wayByMail(ctx: Ctx, { email }: User): CodeWay | Fault {
  if (ctx.mailer === null) return new Fault('unsupported', 'mail')
  if (email !== null && isMailAddress(email)) return { channel: 'mail', to: email }
  return new Fault('invalid', 'user', undefined, { field: 'email', rule: 'missing' })
}

/** The way that the user chose; by mail where no text messages are sent any more. */
function usualWay(ctx: Ctx, user: User): CodeWay | Fault {
  const number = ctx.texter === null ? null : codeNumberOf(user)
  return number === null ? wayByMail(ctx, user) : { channel: 'text', to: number }
}

/**
 * Sends a user six digits to type, in the transaction of the use case: by text message where he
 * chose that for his second step, else by mail. The Faults of `wayByMail`, and 'locked' 'code' or
 * 'text' after too many messages, are returned.
 */
export async function sendCode(
  ctx: Ctx,
  tx: Tx,
  user: User,
  purpose: CodePurpose,
): Promise<SentCode | Fault> {
  const way = usualWay(ctx, user)
  return way instanceof Fault ? way : sendCodeBy(ctx, tx, user, { purpose, way })
}

/** `sendCode` by a way; the code knows it as data.to. */
export async function sendCodeBy(
  ctx: Ctx,
  tx: Tx,
  user: User,
  { purpose, way }: { readonly purpose: CodePurpose; readonly way: CodeWay },
): Promise<SentCode | Fault> {
  const tooMany = await countCode(ctx, tx, user.id, purpose, way)
  if (tooMany) return tooMany
  const { channel, to } = way
  const short = sixDigits(ctx)
  const seconds = ctx.limits.codeSeconds
  const issue = { purpose, userId: user.id, seconds, short, data: { to } }
  const { code, secret } = await issueCode(ctx, tx, issue)
  const { createdAt, expireAt } = code
  const language = mailLanguage(user.language)
  const facts = { short, until: expireAt }
  if (channel === 'text') {
    await queueText(ctx, tx, { to, text: codeText(language, facts), until: expireAt })
  } else {
    await queueMail(ctx, tx, { to, ...codeLetter(language, facts) })
  }
  return { secret, createdAt, expireAt, channel, to, hint: hintOf(way) }
}

async function countCode(
  ctx: Ctx,
  tx: Tx,
  userId: number,
  purpose: CodePurpose,
  { channel }: CodeWay,
): Promise<Fault | undefined> {
  const tooMany = await countMessage(ctx, tx, userId, purpose)
  if (tooMany || channel === 'mail') return tooMany
  return countTexts(ctx, tx, { userId, purpose: 'code', count: 1 })
}

function hintOf({ channel, to }: CodeWay): string {
  return channel === 'text' ? to.slice(-4) : to.slice(to.lastIndexOf('@') + 1)
}
