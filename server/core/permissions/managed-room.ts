import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Node, NodeRef } from '../nodes/node.ts'
import type { Tx } from '../store.ts'
import { MANAGE } from './permission.ts'
import { permit, visible } from './visible.ts'

/**
 * A room whose grants the actor may change: MANAGE. Folders and files are 'wrong-kind'; the room
 * above the homes is nobody's ('forbidden'). Takes `lockTree`, so that what is decided next about
 * administrators stays true until the end of the transaction.
 */
export async function managedRoom(ctx: Ctx, tx: Tx, ref: NodeRef): Promise<Node> {
  await tx.nodes.lockTree()
  const { node, permissions } = await visible(ctx, tx, ref, 'room')
  if (node.kind !== 'room') fault('wrong-kind', 'node', 'room')
  permit(permissions, MANAGE, 'room')
  if (node.id === ctx.tenant.homesId) fault('forbidden', 'node', 'room')
  return node
}
