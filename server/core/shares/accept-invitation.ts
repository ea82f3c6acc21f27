import { nameKey } from '../../lib/names/name-key.ts'
import { numbered } from '../../lib/names/numbered.ts'
import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { describeNode } from '../nodes/describe-nodes.ts'
import type { Node, NodeView } from '../nodes/node.ts'
import { grantsInForce } from '../permissions/grants-in-force.ts'
import { writeGrants } from '../permissions/set-room-grants.ts'
import type { Tx } from '../store.ts'
import { type Invitation, invitationEvent, invitationOf, invitedRoom, keyOf } from './invitation.ts'
import { listInvitations, type OpenInvitation } from './list-invitations.ts'

/** So high a number a mount may get when its name is taken. */
const highestNumber = 10

/** An invitation by its token, or the actor's own to a folder by that. */
export type InvitationRef = { readonly token: string } | { readonly nodeId: number }

/** A folder that was accepted, and where it stands; null where that is not in the own root. */
export type Accepted = { readonly view: NodeView; readonly parentId: number | null }

/**
 * Accepts an invitation: the actor gets what it gives, and a mount in his root, unless he sees the
 * folder in another already. Faults: 'not-found' 'invitation' for one that is not open, or not for
 * him, or whose maker may not share any more; 'name-taken' 'node' 'target' when the name and ten
 * numbers of it are taken in his root.
 */
export async function acceptInvitation(ctx: Ctx, ref: InvitationRef): Promise<Accepted> {
  const { userId } = actingUser(ctx)
  return ctx.write(async (tx) => {
    await tx.nodes.lockTree()
    const invitation = await ownInvitation(ctx, tx, ref, userId)
    await acceptFor(ctx, tx, invitation, userId)
    const room = (await tx.nodes.find(invitation.nodeId)) ?? fault('not-found', 'invitation')
    const home = (await tx.nodes.homesOf([userId])).get(userId)
    const mounts = await tx.nodes.mountsTo(room.id)
    const mount = mounts.find(({ boundaryId }) => boundaryId === home?.id)
    const view = { ...(await describeNode(ctx, tx, room)), mountId: mount?.id ?? null }
    return { view, parentId: mount?.parentId ?? null }
  })
}

/** The same for a user who may accept it; the caller holds `lockTree`. */
export async function acceptFor(
  ctx: Ctx,
  tx: Tx,
  invitation: Invitation,
  userId: number,
): Promise<void> {
  const room = await invitedRoom(ctx, tx, invitation)
  if (!(await isMounted(ctx, tx, room, userId))) await checkName(tx, userId, room.name)
  await end(tx, invitation)
  await admit(ctx, tx, room, userId, invitation)
  await recordEvents(ctx, tx, [
    invitationEvent('invitation.accepted', { ...invitation, userId }, room),
  ])
  await tx.notices.setStatus(keyOf(invitation.id), 'accepted', ctx.now)
}

/** Declines an invitation; faults 'not-found' 'invitation' likewise. Answers those left. */
export async function declineInvitation(ctx: Ctx, ref: InvitationRef): Promise<OpenInvitation[]> {
  const { userId } = actingUser(ctx)
  await ctx.write(async (tx) => {
    const invitation = await ownInvitation(ctx, tx, ref, userId)
    await end(tx, invitation)
    const room = await tx.nodes.find(invitation.nodeId)
    if (!room) return
    await recordEvents(ctx, tx, [
      invitationEvent('invitation.declined', { ...invitation, userId }, room),
    ])
    await tx.notices.setStatus(keyOf(invitation.id), 'declined', ctx.now)
  })
  return listInvitations(ctx)
}

/**
 * Gives a user what an invitation or request says, beside what he has by a grant already. Nothing
 * lasts longer than it was given for: what lasts is kept, or if nothing does, everything until the
 * first of its ends.
 */
export async function admit(
  ctx: Ctx,
  tx: Tx,
  room: Node,
  userId: number,
  { permissions, expireAt = null }: Admission,
): Promise<void> {
  const own = (await grantsInForce(ctx, tx, room.id)).filter((grant) => grant.userId === userId)
  const all = [...own, { permissions, expireAt }]
  const lasting = all.filter((each) => each.expireAt === null)
  const counted = lasting.length > 0 ? lasting : all
  const ends = counted.flatMap((each) => each.expireAt ?? [])
  const grant = {
    userId,
    permissions: counted.reduce((held, each) => held | each.permissions, 0),
    expireAt: ends.length > 0 ? Math.min(...ends) : null,
  }
  await writeGrants(ctx, tx, room, [grant])
}

type Admission = Pick<Invitation, 'permissions'> & Partial<Pick<Invitation, 'expireAt'>>

async function ownInvitation(
  ctx: Ctx,
  tx: Tx,
  ref: InvitationRef,
  userId: number,
): Promise<Invitation> {
  if ('nodeId' in ref) {
    const own = await tx.invitations.ofUser(userId, 'invitation', ctx.now)
    const found = own.find(({ nodeId }) => nodeId === ref.nodeId)
    return found ?? fault('not-found', 'invitation')
  }
  const invitation = await invitationOf(ctx, tx, ref.token)
  const isOwn = invitation.userId === userId
  const isForAll = invitation.userId === null && invitation.createdBy !== userId
  return isOwn || isForAll ? invitation : fault('not-found', 'invitation')
}

async function end(tx: Tx, { id }: Invitation): Promise<void> {
  if (!(await tx.invitations.remove(id))) fault('not-found', 'invitation')
}

async function isMounted(ctx: Ctx, tx: Tx, room: Node, userId: number): Promise<boolean> {
  const outerId = room.room?.outerId ?? null
  const around = outerId === null ? 0 : await tx.access.of(outerId, userId, ctx.now)
  return (around ?? 0) !== 0 || (await tx.access.of(room.id, userId, ctx.now)) !== undefined
}

async function checkName(tx: Tx, userId: number, name: string): Promise<void> {
  const root = (await tx.nodes.homesOf([userId])).get(userId)
  if (!root) return
  for (let number = 0; number <= highestNumber; number++) {
    const key = nameKey(number === 0 ? name : numbered(name, number, false))
    if (!(await tx.nodes.findChild(root.id, key))) return
  }
  fault('name-taken', 'node', 'target')
}
