import type { Ctx } from '../ctx.ts'
import type { Tx } from '../store.ts'
import { isStranger } from '../users/pending.ts'
import { eraseAccount } from '../users/remove-user.ts'
import type { User } from '../users/user.ts'
import type { Invitation } from './invitation.ts'

/**
 * After these invitations have gone: removes the accounts of those who had not registered, unless
 * something else was given to them meanwhile. The caller holds `lockTree`.
 */
export async function dropStrangers(
  ctx: Ctx,
  tx: Tx,
  gone: readonly Pick<Invitation, 'userId'>[],
): Promise<void> {
  for (const { userId } of gone) {
    const user = userId === null ? undefined : await tx.users.hold(userId)
    if (user && isStranger(user) && !(await holdsMore(ctx, tx, user)))
      await eraseAccount(ctx, tx, user)
  }
}

async function holdsMore(ctx: Ctx, tx: Tx, { id, homeId }: User): Promise<boolean> {
  const grants = await tx.access.grantsOfUser(id)
  return (
    grants.some(({ roomId }) => roomId !== homeId) ||
    (await tx.invitations.ofUser(id, 'invitation', ctx.now)).length > 0 ||
    (await tx.groups.groupsOf(id)).length > 0
  )
}
