import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { type ChangeNode, changeWithin } from './change-node.ts'
import type { NodeRef } from './node.ts'
import type { NodeFacts } from './valid-facts.ts'

export type ChangeNodes = {
  readonly nodes: readonly NodeRef[]
  readonly kind?: ChangeNode['kind']
  /** The same for each. */
  readonly change: NodeFacts
}

/** `changeNode` for several, all or none. 'too-many' 'node' above `limits.bulkItems`. */
export async function changeNodes(ctx: Ctx, input: ChangeNodes): Promise<void> {
  const { nodes, kind, change } = input
  if (nodes.length > ctx.limits.bulkItems) fault('too-many', 'node')
  await ctx.write(async (tx) => {
    for (const node of nodes) await changeWithin(ctx, tx, { node, kind, change })
  })
}
