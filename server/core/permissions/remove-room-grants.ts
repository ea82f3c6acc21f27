import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { NodeRef } from '../nodes/node.ts'
import { managedRoom } from './managed-room.ts'
import { writeGrants } from './set-room-grants.ts'

/**
 * Takes the grants of these users on a room away; who has none is passed over. Needs MANAGE;
 * 'last-admin' as in `setRoomGrants`.
 */
export async function removeRoomGrants(
  ctx: Ctx,
  input: { readonly room: NodeRef; readonly userIds: readonly number[] },
): Promise<void> {
  if (input.userIds.length > ctx.limits.bulkItems) fault('too-many', 'grant')
  await ctx.write(async (tx) => {
    const room = await managedRoom(ctx, tx, input.room)
    const given = new Set((await tx.access.grantsOf(room.id)).map((grant) => grant.userId))
    const leaving = [...new Set(input.userIds)].filter((id) => given.has(id))
    if (leaving.length === 0) return
    await writeGrants(
      ctx,
      tx,
      room,
      leaving.map((userId) => ({ userId, permissions: 0 })),
    )
  })
}
