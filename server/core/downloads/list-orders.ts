import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { OrderedArchive } from './order-archive.ts'
import { findOrder } from './order-archive.ts'
import { holderOf } from './ticket-holder.ts'

/** The archives that the actor ordered and that can be fetched still, the oldest first. */
export async function listOrders(ctx: Ctx): Promise<OrderedArchive[]> {
  const holder = holderOf(ctx.actor)
  const limit = ctx.limits.pageItems
  const orders = await ctx.read((tx) => tx.archives.ofHolder(holder, ctx.now, limit))
  return orders.reverse().map((order) => ({ order, token: ctx.secrets.unseal(order.sealedToken) }))
}

/** One of them by its token. Faults as `findOrder`; somebody else's is 'not-found' 'ticket'. */
export async function ownOrder(
  ctx: Ctx,
  input: { readonly token: string },
): Promise<OrderedArchive> {
  const holder = holderOf(ctx.actor)
  const order = await findOrder(ctx, input)
  return order.holder === holder ? { order, token: input.token } : fault('not-found', 'ticket')
}
