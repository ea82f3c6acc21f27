import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { NodeRef } from '../nodes/node.ts'
import { checkGroups } from './grant-facts.ts'
import { managedRoom } from './managed-room.ts'
import { writeGrants } from './set-room-grants.ts'

/**
 * Takes the grants of these users and groups on a room away; who has none is passed over. Needs
 * MANAGE; faults 'not-found' 'group', 'last-admin' as in `setRoomGrants`.
 */
export async function removeRoomGrants(
  ctx: Ctx,
  input: {
    readonly room: NodeRef
    readonly userIds?: readonly number[]
    readonly groupIds?: readonly number[]
  },
): Promise<void> {
  const { userIds = [], groupIds = [] } = input
  if (userIds.length + groupIds.length > ctx.limits.bulkItems) fault('too-many', 'grant')
  await ctx.write(async (tx) => {
    const room = await managedRoom(ctx, tx, input.room)
    await checkGroups(tx, groupIds)
    const leaving = (await tx.access.grantsOf(room.id)).filter((grant) =>
      grant.groupId === undefined
        ? userIds.includes(grant.userId)
        : groupIds.includes(grant.groupId),
    )
    if (leaving.length === 0) return
    await writeGrants(
      ctx,
      tx,
      room,
      leaving.map((grant) => ({ ...grant, permissions: 0, expireAt: null })),
    )
  })
}
