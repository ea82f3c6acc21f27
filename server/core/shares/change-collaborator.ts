import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { lineTo, ownerRoom } from '../nodes/line.ts'
import type { Node, NodeRef } from '../nodes/node.ts'
import { checkEnd } from '../permissions/grant-facts.ts'
import { grantsInForce } from '../permissions/grants-in-force.ts'
import type { Permissions } from '../permissions/permission.ts'
import { queueEnds } from '../permissions/queue-ends.ts'
import { writeGrants } from '../permissions/set-room-grants.ts'
import { visible } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { type Login, membersOf } from './invite.ts'
import { isOnBehalf, managedShare, type SharePlace } from './managed-share.ts'

export type ChangeCollaborator = {
  readonly node: NodeRef
  /** Of a group: everybody in it who was asked as one of it, or is a member by now. */
  readonly member: Login | { readonly groupId: number }
  readonly permissions: Permissions
  /** When that ends; absent or null: never. */
  readonly expireAt?: number | null
}

/**
 * Gives a member, or somebody who is invited, other permissions. Needs MANAGE. Faults: those of
 * `managedShare`; 'not-found' 'user' or 'group' for anybody else, 'forbidden' 'node' for the owner.
 */
export async function changeCollaborator(ctx: Ctx, input: ChangeCollaborator): Promise<void> {
  checkEnd(ctx, input)
  await ctx.write(async (tx) => {
    const room = await managedShare(ctx, tx, input.node)
    const { member } = input
    if ('groupId' in member) {
      const userIds = await membersOf(tx, member.groupId)
      return change(ctx, tx, room, new Set(userIds), input)
    }
    const userId = await memberOf(tx, member)
    await refuseOwner(tx, room, userId)
    return change(ctx, tx, room, new Set([userId]), input)
  })
}

async function change(
  ctx: Ctx,
  tx: Tx,
  room: Node,
  userIds: ReadonlySet<number>,
  { permissions, expireAt = null }: Pick<ChangeCollaborator, 'permissions' | 'expireAt'>,
): Promise<void> {
  const open = (await tx.invitations.ofNodes([room.id], ctx.now)).filter(
    ({ kind, userId }) => kind === 'invitation' && userId !== null && userIds.has(userId),
  )
  for (const { id } of open) await tx.invitations.update(id, { permissions, expireAt })
  const grants = await grantsInForce(ctx, tx, room.id)
  const granted = grants.flatMap(({ userId }) =>
    userId !== undefined && userIds.has(userId) ? [{ userId, permissions, expireAt }] : [],
  )
  await queueEnds(tx, room.id, [expireAt])
  if (granted.length > 0) return writeGrants(ctx, tx, room, granted)
  if (open.length === 0) fault('not-found', 'user')
}

/**
 * Takes a member out of a shared folder or room: MANAGE, or oneself. Faults: those of
 * `managedShare`; 'not-found' 'user' for who is no member by a grant of this very room, 'forbidden'
 * 'node' for the owner.
 */
export async function removeCollaborator(
  ctx: Ctx,
  input: { readonly node: SharePlace; readonly member: Login },
): Promise<void> {
  const { userId: ownId } = actingUser(ctx)
  await ctx.write(async (tx) => {
    await tx.nodes.lockTree()
    const userId = await memberOf(tx, input.member)
    const leaves = userId === ownId && !isOnBehalf(input.node)
    const room = leaves
      ? await roomToLeave(ctx, tx, input.node as NodeRef)
      : await managedShare(ctx, tx, input.node)
    await refuseOwner(tx, room, userId)
    if (!(await isMember(ctx, tx, room, userId))) fault('not-found', 'user')
    await writeGrants(ctx, tx, room, [{ userId, permissions: 0 }])
  })
}

async function roomToLeave(ctx: Ctx, tx: Tx, ref: NodeRef): Promise<Node> {
  const { node } = await visible(ctx, tx, ref)
  return node.kind === 'room' ? node : fault('not-found', 'node', 'room')
}

async function memberOf(tx: Tx, { login, by }: Login): Promise<number> {
  const user = await tx.users.findByLogin(login, by)
  return user ? user.id : fault('not-found', 'user')
}

async function isMember(ctx: Ctx, tx: Tx, { id }: Node, userId: number): Promise<boolean> {
  return (await grantsInForce(ctx, tx, id)).some((grant) => grant.userId === userId)
}

async function refuseOwner(tx: Tx, room: Node, userId: number): Promise<void> {
  if (ownerRoom(await lineTo(tx, room))?.homeOf === userId) fault('forbidden', 'node')
}
