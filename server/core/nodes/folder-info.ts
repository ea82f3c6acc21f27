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

/**
 * What is in a folder or room, with all below it. A file is 'wrong-kind' 'node' 'file', or with
 * `orFile` itself and nothing in it. For visitors of a link 'forbidden' 'node': rooms count that it
 * does not show.
 */
export async function folderInfo(
  ctx: Ctx,
  input: { readonly node: NodeRef; readonly orFile?: boolean },
): Promise<FolderInfo> {
  return ctx.read(async (tx) => {
    const { node, permissions } = await visible(ctx, tx, input.node)
    const isFile = node.kind === 'file'
    if (isFile && !input.orFile) fault('wrong-kind', 'node', 'file')
    if (permissions === 0 || ctx.actor.kind === 'visitor') fault('forbidden', 'node')
    const view = await describeNode(ctx, tx, node)
    if (isFile) return { view, files: 0, folders: 0 }
    return { view, ...(await tx.nodes.countWithin(node.id)) }
  })
}
