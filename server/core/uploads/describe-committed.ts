import type { Ctx } from '../ctx.ts'
import { describeNewFile, describeNode } from '../nodes/describe-nodes.ts'
import type { NodeView } from '../nodes/node.ts'
import type { Tx } from '../store.ts'
import type { Committed } from './commit-file.ts'

/** What `describeNode` says of a file just committed, with fewer statements if it is new. */
export function describeCommitted(ctx: Ctx, tx: Tx, committed: Committed): Promise<NodeView> {
  const { node, chain, isNew } = committed
  return isNew ? describeNewFile(ctx, tx, committed, chain) : describeNode(ctx, tx, node)
}
