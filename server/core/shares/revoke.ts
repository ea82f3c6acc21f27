import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import type { Node } from '../nodes/node.ts'
import type { Tx } from '../store.ts'
import { dropStrangers } from './drop-strangers.ts'
import { type Invitation, invitationEvent, keyOf } from './invitation.ts'

/**
 * Removes these invitations to a room, and tells of it. Accounts that wait because of them alone go
 * too; the caller holds `lockTree`.
 */
export async function revoke(
  ctx: Ctx,
  tx: Tx,
  room: Node,
  invitations: readonly Invitation[],
): Promise<void> {
  await withdraw(ctx, tx, room, invitations)
  const asked = invitations.filter(({ kind }) => kind === 'invitation')
  await dropStrangers(ctx, tx, asked)
}

/** The same for who is invited again at once. */
export async function withdraw(
  ctx: Ctx,
  tx: Tx,
  room: Node,
  invitations: readonly Invitation[],
): Promise<void> {
  for (const { id } of invitations) {
    await tx.invitations.remove(id)
    await tx.notices.removeKey(keyOf(id))
  }
  await recordEvents(
    ctx,
    tx,
    invitations.map((one) => invitationEvent('invitation.revoked', one, room)),
  )
}
