import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import type { Tx } from '../store.ts'
import { type Node, toldKind } from './node.ts'
import { bytesIn, deltaOf, tellAncestors } from './tell-ancestors.ts'

/**
 * Removes a folder or file with all below it, all versions and links, without a way back; the
 * tenant's bytes are free at once. Rows are locked by the caller.
 */
export async function purgeNode(ctx: Ctx, tx: Tx, node: Node, parent: Node): Promise<void> {
  const size = await bytesIn(tx, node)
  const { bytes } = await tx.nodes.purge(node.id)
  await tx.tallies.book(-bytes)
  await tellAncestors(ctx, tx, parent, deltaOf(node, size, -1))
  await recordEvents(ctx, tx, [
    {
      type: 'node.purged',
      nodeId: node.id,
      roomId: node.boundaryId,
      nodeKind: toldKind(node.kind),
      nodeName: node.name,
      data: { parent: parent.id, size: bytes },
    },
  ])
}
