import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { keepMounts } from '../nodes/mounts.ts'
import type { Node } from '../nodes/node.ts'
import type { Tx } from '../store.ts'
import { accessRows } from './access-rows.ts'
import { mountedRoom, passageTo } from './passage.ts'

/**
 * Makes the access rows of a room follow its grants, and the mounts of the rooms concerned follow
 * those. The caller holds `tx.nodes.lockTree()`. Listings of all rooms concerned count as changed,
 * since who sees what in them may have.
 */
export async function applyGrants(ctx: Ctx, tx: Tx, roomId: number): Promise<void> {
  const room = await tx.nodes.find(roomId)
  if (!room) return fault('not-found', 'node', 'room')
  const grants = await tx.access.grantsOf(roomId)
  const inheriting = await tx.access.inheriting(roomId)
  const ancestors = await tx.nodes.ancestors(roomId)
  const above = passageTo(ancestors, room).map((node) => node.id)
  await tx.access.removeAllVia([roomId])
  await tx.access.insert(accessRows(grants, inheriting, above))
  for (const id of [...above, ...inheriting]) {
    await tx.tallies.apply({ ancestorIds: [id], parentId: id, at: ctx.now })
  }
  await keepMounts(ctx, tx, mountedRoom(ancestors, room))
  for (const inner of await standingAlone(tx, roomId, inheriting)) await keepMounts(ctx, tx, inner)
}

/** Whoever holds something around such a room now needs no mount of it; others do. */
async function standingAlone(
  tx: Tx,
  roomId: number,
  inheriting: readonly number[],
): Promise<Node[]> {
  const below = inheriting.filter((id) => id !== roomId)
  if (below.length === 0) return []
  return (await tx.nodes.findMany(below)).filter(
    ({ room }) => room !== null && room.outerId !== null,
  )
}
