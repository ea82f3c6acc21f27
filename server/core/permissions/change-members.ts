import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { NodeRef, Page, PageRequest } from '../nodes/node.ts'
import type { Tx } from '../store.ts'
import { personMeant } from '../users/claimed-address.ts'
import { checkGrants } from './grant-facts.ts'
import { managedRoom } from './managed-room.ts'
import type { Permissions } from './permission.ts'
import { type RoomGrant, roomGrants } from './room-grants.ts'
import { writeGrants } from './set-room-grants.ts'

/** A user by id, or by the address that is his alone. */
export type MemberRef = { readonly userId: number } | { readonly email: string }

export type ChangeMembers = {
  readonly room: NodeRef
  readonly members: readonly MemberRef[]
  /** What each of them holds from now on; 0 takes it away. */
  readonly permissions: Permissions
  readonly expireAt?: number | null
  /** The part of all members that is answered. */
  readonly page: PageRequest
}

/**
 * Gives users something in a room, or takes it away, all or none, and answers its members then.
 * Needs MANAGE. Faults as `setRoomGrants`; 'not-found' 'user' for an address that no account has.
 */
export async function changeMembers(ctx: Ctx, input: ChangeMembers): Promise<Page<RoomGrant>> {
  const { permissions, expireAt = null } = input
  if (input.members.length > ctx.limits.bulkItems) fault('too-many', 'grant')
  await ctx.write(async (tx) => {
    const room = await managedRoom(ctx, tx, input.room)
    const userIds = await idsOf(tx, input.members)
    const grants = userIds.map((userId) => ({ userId, permissions, expireAt }))
    await checkGrants(ctx, tx, room, grants)
    await writeGrants(ctx, tx, room, grants)
  })
  return roomGrants(ctx, { room: input.room, filter: { effective: 'any' }, page: input.page })
}

async function idsOf(tx: Tx, members: readonly MemberRef[]): Promise<number[]> {
  const ids = new Set<number>()
  for (const member of members) {
    const user =
      'userId' in member
        ? await tx.users.find(member.userId)
        : await personMeant(tx, member.email, 'email')
    if (!user) return fault('not-found', 'user')
    ids.add(user.id)
  }
  return [...ids]
}
