import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import type { LinkFilter, LinkSort } from '../links/link-store.ts'
import type { Page, PageRequest } from '../nodes/node.ts'
import { checkedPage } from '../pages/checked-page.ts'
import type { LinkSubscription } from './subscribe-links.ts'

export type ListSubscribedLinks = {
  readonly filter: Pick<LinkFilter, 'kind' | 'ids' | 'nodeId' | 'boundaryId'>
  /** Default: by id. */
  readonly sort?: readonly LinkSort[]
  /** A limit above `limits.pageItems` means that one. */
  readonly page: PageRequest
}

/** A page of the links that the user subscribed to and may still manage. */
export async function listSubscribedLinks(
  ctx: Ctx,
  input: ListSubscribedLinks,
): Promise<Page<LinkSubscription>> {
  const { userId } = actingUser(ctx)
  const page = checkedPage(ctx, input.page)
  const filter = { ...input.filter, manageableBy: userId, subscribedBy: userId }
  return ctx.read(async (tx) => {
    const total = await tx.links.count(filter, ctx.now)
    const links = await tx.links.page(filter, input.sort ?? [], page, ctx.now)
    const nodes = await tx.nodes.findMany(links.map(({ nodeId }) => nodeId))
    const boundaries = new Map(nodes.map((node) => [node.id, node.boundaryId]))
    const items = links.map((link) => ({
      link,
      boundaryId: boundaries.get(link.nodeId) ?? link.nodeId,
    }))
    return { ...page, items, total }
  })
}
