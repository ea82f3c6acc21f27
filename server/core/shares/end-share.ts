import { actorId } from '../actor-id.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { dropMounts, keepMounts } from '../nodes/mounts.ts'
import { type Node, placeBoundary } from '../nodes/node.ts'
import { tellAncestors } from '../nodes/tell-ancestors.ts'
import { inheritedRows } from '../permissions/access-rows.ts'
import { whoSees } from '../permissions/who-sees.ts'
import type { Tx } from '../store.ts'
import { revoke } from './revoke.ts'

/**
 * Makes a shared folder a folder again: what it holds, its trash too, is governed by the room
 * around it; its grants, mounts and open invitations go. Rooms that lie right in it stand alone
 * from now on. The caller holds `lockTree` and has checked rights.
 */
export async function endShare(ctx: Ctx, tx: Tx, shared: Node): Promise<Node> {
  const outer = await tx.nodes.find(placeBoundary(shared))
  const parent = shared.parentId === null ? undefined : await tx.nodes.find(shared.parentId)
  if (!shared.room || !outer?.room || outer.id === shared.id || !parent) {
    return fault('not-found', 'node', 'room')
  }
  const inside = await tx.nodes.roomsWithin(shared.id)
  const recipients = await whoSees(ctx, tx, shared.id)
  await revoke(ctx, tx, shared, [
    ...(await tx.invitations.ofNodes([shared.id], ctx.now)),
    ...(await tx.invitations.ended(ctx.now, shared.id)),
  ])
  await tx.publications.remove(shared.id)
  await dropMounts(ctx, tx, await tx.nodes.mountsTo(shared.id))
  for (const { groupId } of await tx.access.grantsOf(shared.id)) {
    if (groupId !== undefined) await tx.admissions.removeAll(shared.id, groupId, true)
  }
  await tx.access.removeGrants(shared.id)
  await tx.access.removeAllVia([shared.id])
  await tx.access.removeAt(shared.id)
  const facts = { updatedAt: ctx.now, updatedBy: actorId(ctx.actor) }
  const own = shared.classification === outer.classification ? null : shared.classification
  const change = { kind: 'folder', room: null, classification: own, ...facts } as const
  await tx.nodes.update(shared.id, change)
  await tx.nodes.rebound(shared.id, shared.id, outer.id)
  await settle(ctx, tx, shared, outer, inside)
  await tellAncestors(ctx, tx, parent, { folders: 1, rooms: -1 })
  await recordEvents(ctx, tx, [
    {
      type: 'share.ended',
      nodeId: shared.id,
      roomId: outer.id,
      nodeKind: 'folder',
      nodeName: shared.name,
      data: { outer: outer.id },
      recipients,
    },
  ])
  return { ...shared, ...change, boundaryId: outer.id }
}

/** Ends the sharing of a node and of all that is in it, so that only folders and files are left. */
export async function endShares(ctx: Ctx, tx: Tx, node: Node): Promise<Node> {
  if (node.kind === 'file' || node.kind === 'mount') return node
  const inside = await tx.nodes.roomsWithin(node.id)
  if (inside.length > 0) await tx.nodes.lockTree()
  const plain = node.kind === 'room' ? await endShare(ctx, tx, node) : node
  for (const { id } of inside) {
    const room = await tx.nodes.find(id)
    if (room?.kind === 'room') await endShare(ctx, tx, room)
  }
  return plain
}

/** Rooms inside inherit from the outer room now, and stand alone where they did not. */
async function settle(
  ctx: Ctx,
  tx: Tx,
  shared: Node,
  outer: Node,
  inside: readonly Node[],
): Promise<void> {
  for (const { id, room, parentId } of inside) {
    if (parentId === shared.id && room && room.outerId === null) {
      await tx.nodes.update(id, { room: { ...room, outerId: outer.id } })
    }
  }
  const rows = await tx.access.rowsOf(outer.id)
  for (const id of await tx.access.inheriting(outer.id)) {
    if (inside.some((room) => room.id === id)) await tx.access.insert(inheritedRows(rows, id))
  }
  for (const room of await tx.nodes.findMany(inside.map(({ id }) => id))) {
    if (room.room?.outerId === outer.id) await keepMounts(ctx, tx, room)
  }
}
