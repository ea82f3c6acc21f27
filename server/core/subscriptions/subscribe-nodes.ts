import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { NodeRef } from '../nodes/node.ts'
import { READ } from '../permissions/permission.ts'
import { permit, visible } from '../permissions/visible.ts'
import type { NodeSubscription } from './subscription-store.ts'

export type SubscribeNodes = {
  readonly nodes: readonly NodeRef[]
  /** false: hear of them no more. */
  readonly subscribe: boolean
}

/**
 * Subscribes to nodes, or ends that: all of them or none. Needs READ. Twice is as good as once, and
 * it is the user's own matter: no event is written. Faults: 'too-many' 'node' beyond
 * `limits.bulkItems`, 'not-found' and 'forbidden' 'node'.
 */
export async function subscribeNodes(
  ctx: Ctx,
  { nodes, subscribe }: SubscribeNodes,
): Promise<NodeSubscription[]> {
  const { userId } = actingUser(ctx)
  const limit = ctx.limits.bulkItems
  if (nodes.length > limit) fault('too-many', 'node', undefined, { limit })
  return ctx.write(async (tx) => {
    const found: NodeSubscription[] = []
    for (const ref of nodes) {
      const { node, permissions } = await visible(ctx, tx, ref)
      permit(permissions, READ)
      const { id: nodeId, currentId, kind, boundaryId } = node
      found.push({ nodeId, currentId, kind, boundaryId })
    }
    const ids = found.map(({ nodeId }) => nodeId)
    if (subscribe) await tx.subscriptions.addNodes(userId, ids, ctx.now)
    else await tx.subscriptions.removeNodes(userId, ids)
    return found
  })
}
