import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { describeNodes } from '../nodes/describe-nodes.ts'
import type { Node, NodeRef, NodeView } from '../nodes/node.ts'
import { visible } from '../permissions/visible.ts'

export type SetFavorites = {
  readonly nodes: readonly NodeRef[]
  /** 'toggle' turns each around. */
  readonly favorite: boolean | 'toggle'
  /** Taking a mark away that is not there is 'exists' 'node' (rule 'no-favorite'). */
  readonly mustBe?: boolean
}

/**
 * Marks nodes that the actor sees as his favourites, or takes the marks away, all or none; nobody
 * else notices. 'too-many' 'node' above `limits.bulkItems`.
 */
export async function setFavorites(ctx: Ctx, input: SetFavorites): Promise<NodeView[]> {
  const { userId } = actingUser(ctx)
  if (input.nodes.length > ctx.limits.bulkItems) fault('too-many', 'node')
  return ctx.write(async (tx) => {
    const nodes: Node[] = []
    for (const ref of input.nodes) nodes.push((await visible(ctx, tx, ref)).node)
    const ids = nodes.map(({ id }) => id)
    if (input.favorite === true) await tx.favorites.add(userId, ids, ctx.now)
    else {
      const removed = await tx.favorites.remove(userId, ids)
      if (input.favorite === 'toggle') {
        if (removed === 0) await tx.favorites.add(userId, ids, ctx.now)
      } else if (input.mustBe && removed < ids.length) {
        fault('exists', 'node', undefined, { rule: 'no-favorite' })
      }
    }
    return describeNodes(ctx, tx, nodes)
  })
}
