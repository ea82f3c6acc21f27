import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import type { Node, NodeRef } from '../nodes/node.ts'
import type { Tx } from '../store.ts'
import { dropStrangers } from './drop-strangers.ts'
import { type Invitation, invitationEvent, keyOf } from './invitation.ts'
import { type Login, membersOf } from './invite.ts'
import { managedShare } from './managed-share.ts'

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
    const open = (await tx.invitations.ofNode(room.id)).filter(({ kind }) => kind === 'invitation')
    await revoke(ctx, tx, room, await chosen(tx, room, open, input.to))
  })
}

async function chosen(
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
  const grants = await tx.access.grantsOf(room.id)
  if (grants.some(({ userId }) => userId === user.id)) fault('closed', 'invitation')
  return fault('not-found', 'user')
}

/**
 * Removes these, and tells of it. Accounts that wait because of them alone go too; the caller holds
 * `lockTree`.
 */
export async function revoke(
  ctx: Ctx,
  tx: Tx,
  room: Node,
  invitations: readonly Invitation[],
): Promise<void> {
  for (const { id } of invitations) {
    await tx.invitations.remove(id)
    await tx.notices.removeKey(keyOf(id))
  }
  const asked = invitations.filter(({ kind }) => kind === 'invitation')
  await recordEvents(
    ctx,
    tx,
    invitations.map((one) => invitationEvent('invitation.revoked', one, room)),
  )
  await dropStrangers(ctx, tx, asked)
}
