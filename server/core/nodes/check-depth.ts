import type { Ctx } from '../ctx.ts'
import { type FaultRole, fault } from '../fault.ts'
import type { Tx } from '../store.ts'
import type { Node } from './node.ts'

/**
 * Faults 'invalid' 'node' (rule 'depth') where a container below `parent`, with `height` levels of
 * containers below itself, would leave no name of a path for a file in the deepest of them: a path
 * has at most `limits.pathDepth` names, from the top room to the file.
 */
export async function checkDepth(
  ctx: Ctx,
  tx: Tx,
  parent: Node,
  height = 0,
  role?: FaultRole,
): Promise<void> {
  const limit = ctx.limits.pathDepth
  const around = (await tx.nodes.ancestors(parent.id)).length + 1
  if (around + 1 + height + 1 > limit) {
    fault('invalid', 'node', role, { field: 'path', rule: 'depth', limit })
  }
}
