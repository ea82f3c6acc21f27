import { checkText } from '../../lib/names/plain-text.ts'
import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { linkSentLetter } from '../mail/letters/link-letters.ts'
import { isMailAddress } from '../mail/mail-fields.ts'
import { mailLanguage } from '../mail/mail-language.ts'
import { requireMailer } from '../mail/queue-mail.ts'
import { queueUserMail } from '../mail/queue-user-mail.ts'
import type { Tx } from '../store.ts'
import { fullName } from '../users/full-name.ts'
import { findLinkIn, type LinkRef } from './find-link.ts'
import type { LinkView } from './link.ts'

export type LinkMail = {
  /** Mail addresses; each gets a mail of its own and sees no other. */
  readonly recipients: readonly string[]
  /** The sender's own words. */
  readonly message: string
  /** A language tag; absent: that of the sender. */
  readonly language?: string
  /** The address of a link for people, from its token. */
  readonly addressOf: (token: string) => string
}

export type SendLink = LinkRef & LinkMail

const maxMessage = 5000
const languageTag = /^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}$/

/**
 * Sends a link that the actor may manage to people by mail. The password is never in it. Faults:
 * 'unsupported' 'mail' where none is sent, 'not-found' 'link', 'too-many' 'mail' above
 * `limits.mailRecipients` and as `queueUserMail`, 'invalid' 'mail' with data.field and data.rule.
 */
export async function sendLink(ctx: Ctx, input: SendLink): Promise<void> {
  checkLinkMail(ctx, input)
  await ctx.write(async (tx) => queueLinkMails(ctx, tx, await findLinkIn(ctx, tx, input), input))
}

/** Queues the mails in the transaction of a use case that has called `checkLinkMail`. */
export async function queueLinkMails(
  ctx: Ctx,
  tx: Tx,
  { link, token }: LinkView,
  mail: LinkMail,
): Promise<void> {
  const sender = await tx.users.find(actingUser(ctx).userId)
  if (!sender) return fault('unauthenticated', 'session')
  const letter = linkSentLetter(mailLanguage(mail.language ?? sender.language), {
    ...link,
    sender: fullName(sender),
    message: mail.message.trim(),
    address: mail.addressOf(token),
  })
  for (const to of recipientsOf(mail)) await queueUserMail(ctx, tx, { to, ...letter })
}

function recipientsOf({ recipients }: LinkMail): string[] {
  return [...new Set(recipients.map((one) => one.trim()))]
}

/** Faults of `sendLink` that need no look at the link. */
export function checkLinkMail(ctx: Ctx, mail: LinkMail): void {
  actingUser(ctx)
  requireMailer(ctx)
  const limit = ctx.limits.mailRecipients
  const recipients = recipientsOf(mail)
  const { message, language } = mail
  if (recipients.length === 0) refuse('recipients', 'required')
  if (recipients.length > limit) fault('too-many', 'mail', undefined, { limit })
  if (!recipients.every(isMailAddress)) refuse('recipients', 'email')
  const rule = checkText(message, maxMessage)
  if (rule !== undefined) refuse('message', rule)
  if (language !== undefined && !languageTag.test(language)) refuse('language', 'language')
}

function refuse(field: string, rule: string): never {
  return fault('invalid', 'mail', undefined, { field, rule })
}
