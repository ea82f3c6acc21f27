import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { mailLanguage } from '../mail/mail-language.ts'
import type { Tx } from '../store.ts'
import { phoneNumber } from '../texts/phone-number.ts'
import { countTexts, queueText, requireTexter } from '../texts/queue-text.ts'
import { maxTextLength } from '../texts/text-fields.ts'
import { passwordText } from '../texts/written-texts.ts'
import { fullName } from '../users/full-name.ts'
import type { Link } from './link.ts'
import type { LinkFields } from './link-fields.ts'

/** Who is told the password of a link by text message. */
export type LinkTexts = {
  /** Telephone numbers with their country; each gets a message of his own. */
  readonly recipients: readonly string[]
  /** A language tag; absent: that of the sender. */
  readonly language?: string
}

type Password = Pick<LinkFields, 'password'>

/**
 * Faults of `queueLinkTexts` that need no look at the link; answers the numbers, each once. Only a
 * password that is set in the same call can be told, since it is kept in a one-way form.
 */
export function checkLinkTexts(ctx: Ctx, texts: LinkTexts, { password }: Password): string[] {
  if (texts.recipients.length === 0) return []
  const numbers = texts.recipients.map((one) => phoneNumber(one) ?? refuse('phone', 'phone'))
  requireTexter(ctx)
  const each = [...new Set(numbers)]
  const limit = ctx.limits.textRecipients
  if (each.length > limit) fault('too-many', 'text', undefined, { limit })
  if (typeof password !== 'string') refuse('password', 'required')
  return each
}

/**
 * Queues the messages in the transaction that sets the password. Faults: 'invalid' 'text' with
 * data.field and data.rule, 'unsupported' 'text' where none is sent, 'too-many' 'text' above
 * `limits.textRecipients`, 'locked' 'text' above `limits.textsPerDay`.
 */
export async function queueLinkTexts(
  ctx: Ctx,
  tx: Tx,
  { name }: Pick<Link, 'name'>,
  texts: LinkTexts & Password,
): Promise<void> {
  const numbers = checkLinkTexts(ctx, texts, texts)
  if (numbers.length === 0) return
  const { userId } = actingUser(ctx)
  const sender = await tx.users.find(userId)
  if (!sender) return fault('unauthenticated', 'session')
  const tooMany = await countTexts(ctx, tx, { userId, purpose: 'link', count: numbers.length })
  if (tooMany) throw tooMany
  const facts = { sender: fullName(sender), name, password: texts.password ?? '' }
  const text = passwordText(mailLanguage(texts.language ?? sender.language), facts)
  if (text.length > maxTextLength) refuse('password', 'too-long')
  for (const to of numbers) await queueText(ctx, tx, { to, text })
}

function refuse(field: string, rule: string): never {
  return fault('invalid', 'text', undefined, { field, rule })
}
