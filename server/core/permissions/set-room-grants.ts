import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import type { Node, NodeRef } from '../nodes/node.ts'
import type { Tx } from '../store.ts'
import { applyGrants } from './apply-grants.ts'
import { checkGrants, type GrantInput, keepAdmin } from './grant-facts.ts'
import { managedRoom } from './managed-room.ts'
import { expand } from './permission.ts'

/**
 * Replaces the grants of the users named on a room; those of others stay. Needs MANAGE. Faults:
 * 'not-found' 'user', 'invalid' 'grant' (bits, a past end, MANAGE on somebody's home), 'last-admin'
 * when a room that inherits nothing would keep no administrator without end.
 */
export async function setRoomGrants(
  ctx: Ctx,
  input: { readonly room: NodeRef; readonly grants: readonly GrantInput[] },
): Promise<void> {
  await ctx.write(async (tx) => {
    const room = await managedRoom(ctx, tx, input.room)
    await checkGrants(ctx, tx, room, input.grants)
    await writeGrants(ctx, tx, room, input.grants)
  })
}

/** Writes checked grants with all that follows from them. */
export async function writeGrants(
  ctx: Ctx,
  tx: Tx,
  room: Node,
  grants: readonly GrantInput[],
): Promise<void> {
  for (const { userId, permissions, expireAt = null } of grants) {
    await tx.access.setGrant({
      roomId: room.id,
      userId,
      permissions: expand(permissions),
      expireAt,
    })
  }
  await applyGrants(ctx, tx, room.id)
  await keepAdmin(tx, room)
  await recordEvents(
    ctx,
    tx,
    grants.map(({ userId, permissions, expireAt = null }) => ({
      type: 'grant.changed',
      nodeId: room.id,
      roomId: room.id,
      nodeKind: 'room',
      nodeName: room.name,
      subjectId: userId,
      data: { permissions: expand(permissions), expireAt },
    })),
  )
}
