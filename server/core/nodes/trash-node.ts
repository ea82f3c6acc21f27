import { actorId } from '../actor-id.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import type { Tx } from '../store.ts'
import { type Node, toldKind } from './node.ts'
import { deltaOf, tellAncestors } from './tell-ancestors.ts'

/**
 * Puts a folder or file with all below it into the trash of its room: it is not live any more, the
 * links on it lead nowhere, its bytes go on counting for the tenant. Rows are locked by the caller.
 */
export async function trashNode(ctx: Ctx, tx: Tx, node: Node, parent: Node): Promise<void> {
  const { bytes } = await tx.nodes.markDeleted(node.id, ctx.now, actorId(ctx.actor))
  await tellAncestors(ctx, tx, parent, deltaOf(node, bytes, -1))
  await recordEvents(ctx, tx, [
    {
      type: 'node.deleted',
      nodeId: node.id,
      roomId: node.boundaryId,
      nodeKind: toldKind(node.kind),
      nodeName: node.name,
      data: { parent: parent.id, size: bytes },
    },
  ])
}
