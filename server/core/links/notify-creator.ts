import type { Ctx } from '../ctx.ts'
import { linkUsedLetter } from '../mail/letters/link-letters.ts'
import { isMailAddress } from '../mail/mail-fields.ts'
import { mailLanguage } from '../mail/mail-language.ts'
import { queueMail } from '../mail/queue-mail.ts'
import type { Tx } from '../store.ts'
import type { Link } from './link.ts'

/**
 * Tells the maker of a link that it was used, where he asked for it and has an address: one mail in
 * the transaction of each use, so that none is told twice and none that did not happen.
 */
export async function notifyCreator(
  ctx: Ctx,
  tx: Tx,
  link: Link,
  { use, fileName }: { readonly use: Link['kind']; readonly fileName: string },
): Promise<void> {
  if (!link.notifyCreator || ctx.mailer === null) return
  const maker = await tx.users.find(link.createdBy)
  if (!maker?.email || maker.isLocked || !isMailAddress(maker.email)) return
  const facts = { kind: use, name: link.name, fileName, at: ctx.now }
  const letter = linkUsedLetter(mailLanguage(maker.language), facts)
  await queueMail(ctx, tx, { to: maker.email, ...letter })
}
