import type { Ctx } from '../ctx.ts'
import { viewerOf } from '../permissions/viewer.ts'
import { visible } from '../permissions/visible.ts'
import { ancestorOf, seenWay } from './describe-nodes.ts'
import type { Ancestor, NodeRef } from './node.ts'

/** The containers around a node, from the top room down to its parent. */
export async function nodeParents(ctx: Ctx, input: { node: NodeRef }): Promise<Ancestor[]> {
  return ctx.read(async (tx) => {
    const { node } = await visible(ctx, tx, input.node)
    const { within } = await viewerOf(ctx, tx)
    return seenWay(await tx.nodes.ancestors(node.id), within).map(ancestorOf)
  })
}
