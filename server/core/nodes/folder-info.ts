import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { visible } from '../permissions/visible.ts'
import { describeNode } from './describe-nodes.ts'
import type { NodeRef, NodeView } from './node.ts'

export type FolderInfo = {
  readonly view: NodeView
  /** In it at any depth. */
  readonly files: number
  readonly folders: number
}

/** What is in a folder or room, with all below it. A file is 'wrong-kind' 'node' 'file'. */
export async function folderInfo(ctx: Ctx, input: { readonly node: NodeRef }): Promise<FolderInfo> {
  return ctx.read(async (tx) => {
    const { node, permissions } = await visible(ctx, tx, input.node)
    if (node.kind === 'file') fault('wrong-kind', 'node', 'file')
    if (permissions === 0) fault('forbidden', 'node')
    const view = await describeNode(ctx, tx, node)
    return { view, ...(await tx.nodes.countWithin(node.id)) }
  })
}
