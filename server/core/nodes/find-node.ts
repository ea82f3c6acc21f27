import type { Ctx } from '../ctx.ts'
import type { FaultRole } from '../fault.ts'
import { keyStatesOf } from '../keys/key-states.ts'
import { visible } from '../permissions/visible.ts'
import { describeNode } from './describe-nodes.ts'
import type { NodeRef, NodeView } from './node.ts'

/** One node as the actor sees it; 'not-found' 'node' for what he does not. */
export async function findNode(
  ctx: Ctx,
  input: { node: NodeRef; role?: FaultRole; keyStates?: boolean },
): Promise<NodeView> {
  return ctx.read(async (tx) => {
    const { node } = await visible(ctx, tx, input.node, input.role)
    const view = await describeNode(ctx, tx, node)
    const keyStates = input.keyStates ? await keyStatesOf(ctx, tx, node) : null
    return keyStates ? { ...view, keyStates } : view
  })
}
