import type { Ctx } from '../ctx.ts'
import type { Tx } from '../store.ts'
import type { User } from '../users/user.ts'
import { type Changed, changedLetter } from './letters/account-letters.ts'
import { isMailAddress } from './mail-fields.ts'
import { mailLanguage } from './mail-language.ts'
import { queueMail } from './queue-mail.ts'

/**
 * Mails a user, at the address he has before it, of a change that a thief would make. Nothing where
 * no mail is sent or he has no address.
 */
export async function tellChange(
  ctx: Ctx,
  tx: Tx,
  { email, userName, language }: User,
  what: Changed,
): Promise<void> {
  if (ctx.mailer === null || email === null || !isMailAddress(email)) return
  const letter = changedLetter(mailLanguage(language), { userName, what })
  await queueMail(ctx, tx, { to: email, ...letter })
}
