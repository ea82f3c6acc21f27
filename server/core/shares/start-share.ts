import { actorId } from '../actor-id.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { defaultRoomClassification } from '../nodes/insert-room.ts'
import type { Node, RoomFacts } from '../nodes/node.ts'
import { tellAncestors } from '../nodes/tell-ancestors.ts'
import { inheritedRows } from '../permissions/access-rows.ts'
import type { Tx } from '../store.ts'

/**
 * Makes a folder the room that a shared folder is: in place, with its id and all that is in it, its
 * trash too. It inherits from the room around it. The caller holds `lockTree` and the folder for
 * 'change', and has checked rights.
 */
export async function startShare(ctx: Ctx, tx: Tx, folder: Node): Promise<Node> {
  const outer = await tx.nodes.find(folder.boundaryId)
  const parent = folder.parentId === null ? undefined : await tx.nodes.find(folder.parentId)
  if (!outer?.room || !parent) return fault('not-found', 'node', 'room')
  const { trashDays, hasActivities } = outer.room
  const room: RoomFacts = {
    ...{ inherit: true, quota: null, trashDays, hasActivities },
    outerId: outer.id,
  }
  await tx.nodes.rebound(folder.id, outer.id, folder.id)
  const change = {
    kind: 'room',
    room,
    updatedAt: ctx.now,
    updatedBy: actorId(ctx.actor),
    classification: folder.classification ?? outer.classification ?? defaultRoomClassification,
  } as const
  await tx.nodes.update(folder.id, change)
  const shared: Node = { ...folder, ...change, boundaryId: folder.id }
  await tx.access.insert(inheritedRows(await tx.access.rowsOf(outer.id), folder.id))
  await tellAncestors(ctx, tx, parent, { folders: -1, rooms: 1 })
  await recordEvents(ctx, tx, [
    {
      type: 'share.started',
      nodeId: folder.id,
      roomId: folder.id,
      nodeKind: 'room',
      nodeName: folder.name,
      data: { outer: outer.id },
    },
  ])
  return shared
}
