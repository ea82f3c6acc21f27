import type { Ctx } from '../ctx.ts'
import type { NewEvent } from '../event.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { mountedRoom } from '../permissions/passage.ts'
import type { Tx } from '../store.ts'
import type { Entry } from './lock-entries.ts'
import { dropMountsWithin, keepMounts, roomsAlone } from './mounts.ts'
import type { Node } from './node.ts'
import { managesFromAbove, refuseHome } from './own-places.ts'
import { bytesIn, deltaOf, tellAncestors } from './tell-ancestors.ts'

/** Removes a locked room for good: contents, trash, versions, grants, links, mounts. */
export async function deleteRoom(ctx: Ctx, tx: Tx, room: Entry): Promise<void> {
  const { node, parent } = room
  refuseHome(ctx, node)
  if (!(await managesFromAbove(ctx, tx, room, true))) fault('forbidden', 'node')
  const size = await bytesIn(tx, node)
  const losses = await lossesOf(ctx, tx, node)
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
      recipients: losses.get(node.id)?.users ?? [],
    },
    ...insideLosses(node, losses),
  ])
}

type Loss = { readonly room: Node; readonly users: readonly number[] }

/** Who sees the room now, and who sees rooms in it that stand alone for him. */
async function lossesOf(ctx: Ctx, tx: Tx, node: Node): Promise<Map<number, Loss>> {
  const rooms = [node, ...(await roomsAlone(tx, node))]
  const users = await tx.access.usersOfMany(
    rooms.map(({ id }) => id),
    ctx.now,
  )
  const told = new Set(users.get(node.id)?.keys())
  return new Map(
    rooms.map((room) => {
      const seeing = [...(users.get(room.id)?.keys() ?? [])]
      return [room.id, { room, users: seeing.filter((id) => room === node || !told.has(id)) }]
    }),
  )
}

/** Whoever saw only such a room is told of that one, and nothing of what lay around it. */
function insideLosses(node: Node, losses: ReadonlyMap<number, Loss>): NewEvent[] {
  return [...losses.values()]
    .filter(({ room, users }) => room.id !== node.id && users.length > 0)
    .map(({ room, users }) => ({
      type: 'room.deleted',
      nodeId: room.id,
      roomId: room.id,
      nodeKind: 'room',
      nodeName: room.name,
      recipients: users,
    }))
}
