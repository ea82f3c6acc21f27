import type { Ctx } from '../ctx.ts'
import { ownOrder } from './list-orders.ts'

/**
 * Forgets an archive that the actor ordered: nobody can begin to fetch it any more. Faults as
 * `ownOrder`.
 */
export async function dropOrder(ctx: Ctx, input: { readonly token: string }): Promise<void> {
  const { order } = await ownOrder(ctx, input)
  await ctx.write((tx) => tx.archives.remove(order.id))
}
