import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Link } from '../links/link.ts'
import { managedNode } from '../links/link-rights.ts'

export type SubscribeLinks = {
  readonly kind: Link['kind']
  readonly ids: readonly number[]
  /** false: hear of them no more. */
  readonly subscribe: boolean
}

/** A link and the room that governs its node. */
export type LinkSubscription = { readonly link: Link; readonly boundaryId: number }

/**
 * Subscribes to links of a kind that the user may manage, or ends that: all of them or none. Faults
 * as `subscribeNodes`, 'not-found' 'link' for those of nodes that he does not see, 'forbidden'
 * 'node' for what he sees and may not manage.
 */
export async function subscribeLinks(
  ctx: Ctx,
  { kind, ids, subscribe }: SubscribeLinks,
): Promise<LinkSubscription[]> {
  const { userId } = actingUser(ctx)
  const limit = ctx.limits.bulkItems
  if (ids.length > limit) fault('too-many', 'link', undefined, { limit })
  return ctx.write(async (tx) => {
    const found: LinkSubscription[] = []
    for (const id of ids) {
      const link = Number.isSafeInteger(id) ? await tx.links.find(id) : undefined
      const node = link?.kind === kind ? await managedNode(ctx, tx, link) : undefined
      if (!link || !node) return fault('not-found', 'link', undefined, { kind })
      found.push({ link, boundaryId: node.boundaryId })
    }
    if (subscribe) await tx.subscriptions.addLinks(userId, ids, ctx.now)
    else await tx.subscriptions.removeLinks(userId, ids)
    return found
  })
}
