import { countMessage } from '../codes/issue-code.ts'
import type { Ctx } from '../ctx.ts'
import type { Node } from '../nodes/node.ts'
import type { Tx } from '../store.ts'
import { inviterName } from '../users/invite-guests.ts'
import { mailInvitation } from '../users/mail-invitation.ts'
import { isStranger } from '../users/pending.ts'
import type { Invitation } from './invitation.ts'

/**
 * Mails an invitation to somebody who has not registered yet, with the link (see `linkFrom`) by
 * which he does; to nobody else. Invited again he gets a mail only when none that is good is on its
 * way, and never so many that they fill his box: what he was not told of waits for him.
 */
export async function mailStranger(
  ctx: Ctx,
  tx: Tx,
  { id, userId, message }: Invitation,
  room: Node,
  { link, isAgain = false }: { readonly link: string | undefined; readonly isAgain?: boolean },
): Promise<void> {
  if (link === undefined || userId === null || ctx.mailer === null) return
  const user = await tx.users.find(userId)
  if (!user || user.email === null || !isStranger(user)) return
  const newest = await tx.codes.newestOf(userId, 'register')
  if (isAgain && newest && newest.code.expireAt > ctx.now) return
  if (await countMessage(ctx, tx, userId, 'register')) return
  const from = await inviterName(ctx, tx)
  const invitation = { purpose: 'register', from, into: room.name, message, link } as const
  const to = { ...user, email: user.email }
  await mailInvitation(ctx, tx, to, { ...invitation, invitationId: id })
}
