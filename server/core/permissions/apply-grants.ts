import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { keepMounts } from '../nodes/mounts.ts'
import type { Tx } from '../store.ts'
import { accessRows } from './access-rows.ts'

/**
 * Makes the access rows of a room follow its grants, and the mounts of its top room follow those.
 * The caller holds `tx.nodes.lockTree()`. Listings of all rooms concerned count as changed, since
 * who sees what in them may have.
 */
export async function applyGrants(ctx: Ctx, tx: Tx, roomId: number): Promise<void> {
  const room = await tx.nodes.find(roomId)
  if (!room) return fault('not-found', 'node', 'room')
  const grants = await tx.access.grantsOf(roomId)
  const inheriting = await tx.access.inheriting(roomId)
  const ancestors = await tx.nodes.ancestors(roomId)
  const above = ancestors.map((node) => node.id)
  await tx.access.removeAllVia([roomId])
  await tx.access.insert(accessRows(grants, inheriting, above))
  for (const id of [...above, ...inheriting]) {
    await tx.tallies.apply({ ancestorIds: [id], parentId: id, at: ctx.now })
  }
  await keepMounts(ctx, tx, ancestors[0] ?? room)
}
