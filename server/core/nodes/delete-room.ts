import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { mountedRoom } from '../permissions/passage.ts'
import type { Tx } from '../store.ts'
import type { Entry } from './lock-entries.ts'
import { dropMountsWithin, keepMounts } from './mounts.ts'
import { managesFromAbove, refuseHome } from './own-places.ts'
import { bytesIn, deltaOf, tellAncestors } from './tell-ancestors.ts'

/** Removes a locked room for good: contents, trash, versions, grants, links, mounts. */
export async function deleteRoom(ctx: Ctx, tx: Tx, room: Entry): Promise<void> {
  const { node, parent } = room
  refuseHome(ctx, node)
  if (!(await managesFromAbove(ctx, tx, room, true))) fault('forbidden', 'node')
  const size = await bytesIn(tx, node)
  await dropMountsWithin(ctx, tx, node)
  const { bytes } = await tx.nodes.purge(node.id)
  await tx.tallies.book(-bytes)
  await tellAncestors(ctx, tx, parent, deltaOf(node, size, -1))
  if (parent) await keepMounts(ctx, tx, mountedRoom(await tx.nodes.ancestors(parent.id), parent))
  await recordEvents(ctx, tx, [
    {
      type: 'room.deleted',
      nodeId: node.id,
      roomId: node.id,
      nodeKind: 'room',
      nodeName: node.name,
      data: { parent: node.parentId, size: bytes },
    },
  ])
}
