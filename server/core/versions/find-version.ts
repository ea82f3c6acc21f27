import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { describeNode } from '../nodes/describe-nodes.ts'
import type { NodeRef, NodeView } from '../nodes/node.ts'
import { READ } from '../permissions/permission.ts'
import { permit, visible } from '../permissions/visible.ts'

/**
 * A node as the actor sees it, of a file with the content of this version: READ for one that is not
 * current, 'not-found' 'version' for one that it does not have. Containers have no versions.
 */
export async function findVersion(
  ctx: Ctx,
  input: { readonly node: NodeRef; readonly versionId: number | undefined },
): Promise<NodeView> {
  const { versionId } = input
  return ctx.read(async (tx) => {
    const { node, permissions } = await visible(ctx, tx, input.node, 'file')
    const { content } = node
    if (versionId === undefined || content === null || content.versionId === versionId) {
      return describeNode(ctx, tx, node)
    }
    permit(permissions, READ, 'file')
    const versions = await tx.nodes.versions(node.id)
    const version = versions.find(({ id }) => id === versionId) ?? fault('not-found', 'version')
    const { createdAt: updatedAt, createdBy: updatedBy } = version
    const asIt = { currentId: versionId, content: version.content, updatedAt, updatedBy }
    return describeNode(ctx, tx, { ...node, ...asIt })
  })
}
