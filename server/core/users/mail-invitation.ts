import type { CodePurpose } from '../codes/code.ts'
import { issueCode } from '../codes/issue-code.ts'
import { linkFrom } from '../codes/link-template.ts'
import type { Ctx } from '../ctx.ts'
import { inviteLetter } from '../mail/letters/registration-letters.ts'
import { mailLanguage } from '../mail/mail-language.ts'
import { queueUserMail } from '../mail/queue-user-mail.ts'
import type { Tx } from '../store.ts'
import type { User } from './user.ts'

export type MailedInvitation = {
  /** What whoever follows the link proves by it. */
  readonly purpose: Extract<CodePurpose, 'register' | 'reset-password'>
  /** Who invites and into what. */
  readonly from: string
  readonly into: string
  readonly message?: string
  /** The address to mail, see `linkFrom`. */
  readonly link: string
  /** The invitation to a folder that whoever registers with the link accepts by it. */
  readonly invitationId?: number
}

/** How long an invitation may be answered. */
const invitationSeconds = 30 * 86_400

/**
 * Mails a new account's address the link with which its user makes it his own. Faults as
 * `queueUserMail`.
 */
export async function mailInvitation(
  ctx: Ctx,
  tx: Tx,
  { id, email, language }: Pick<User, 'id' | 'language'> & { readonly email: string },
  { purpose, from, into, message = '', link, invitationId }: MailedInvitation,
): Promise<void> {
  const { code, secret } = await issueCode(ctx, tx, {
    purpose,
    userId: id,
    seconds: invitationSeconds,
    // A link that resets a password is good only for the address that it was mailed to.
    data: { email, ...(invitationId === undefined ? {} : { invitation: String(invitationId) }) },
  })
  const address = linkFrom(link, { secret, userId: id })
  const facts = { from, into, message, address, until: code.expireAt }
  await queueUserMail(ctx, tx, { to: email, ...inviteLetter(mailLanguage(language), facts) })
}
