import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import type { Page, PageRequest } from '../nodes/node.ts'
import { checkedPage } from '../pages/checked-page.ts'
import type {
  NodeSubscription,
  NodeSubscriptionFilter,
  NodeSubscriptionSort,
} from './subscription-store.ts'

export type ListSubscribedNodes = {
  readonly filter?: NodeSubscriptionFilter
  /** Default: by id. */
  readonly sort?: readonly NodeSubscriptionSort[]
  /** A limit above `limits.pageItems` means that one. */
  readonly page: PageRequest
}

/** A page of the nodes that the user subscribed to and may still read. */
export async function listSubscribedNodes(
  ctx: Ctx,
  input: ListSubscribedNodes,
): Promise<Page<NodeSubscription>> {
  const { userId } = actingUser(ctx)
  const { filter = {}, sort = [] } = input
  const page = checkedPage(ctx, input.page)
  return ctx.read(async ({ subscriptions }) => {
    const total = await subscriptions.countNodes(userId, filter, ctx.now)
    const within = { ...page, now: ctx.now }
    return { ...page, items: await subscriptions.pageOfNodes(userId, filter, sort, within), total }
  })
}
