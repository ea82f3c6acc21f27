import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Node, NodeRef } from '../nodes/node.ts'
import { grantsInForce } from '../permissions/grants-in-force.ts'
import type { Tx } from '../store.ts'
import type { Invitation } from './invitation.ts'
import { type Login, membersOf } from './invite.ts'
import { managedShare } from './managed-share.ts'
import { revoke } from './revoke.ts'

export type RevokeInvitations = {
  readonly node: NodeRef
  /** Absent: all open ones. */
  readonly to?: Login | { readonly groupId: number }
}

/**
 * Takes open invitations back. Needs MANAGE. Faults: those of `managedShare`; 'not-found' 'user'
 * for somebody who was not invited, 'not-found' 'group', 'closed' 'invitation' for one who has
 * accepted.
 */
export async function revokeInvitations(ctx: Ctx, input: RevokeInvitations): Promise<void> {
  await ctx.write(async (tx) => {
    const room = await managedShare(ctx, tx, input.node)
    const open = (await tx.invitations.ofNodes([room.id], ctx.now)).filter(
      ({ kind }) => kind === 'invitation',
    )
    await revoke(ctx, tx, room, await chosen(ctx, tx, room, open, input.to))
  })
}

async function chosen(
  ctx: Ctx,
  tx: Tx,
  room: Node,
  open: readonly Invitation[],
  to: RevokeInvitations['to'],
): Promise<readonly Invitation[]> {
  if (to === undefined) return open
  if ('groupId' in to) {
    await membersOf(tx, to.groupId)
    return open.filter(({ groupId }) => groupId === to.groupId)
  }
  const user = (await tx.users.findByLogin(to.login, to.by)) ?? fault('not-found', 'user')
  const found = open.filter(({ userId }) => userId === user.id)
  if (found.length > 0) return found
  const grants = await grantsInForce(ctx, tx, room.id)
  if (grants.some(({ userId }) => userId === user.id)) fault('closed', 'invitation')
  return fault('not-found', 'user')
}
