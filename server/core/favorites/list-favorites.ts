import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { describeNodes } from '../nodes/describe-nodes.ts'
import type { NodeView, Page, PageRequest } from '../nodes/node.ts'
import { checkedPage } from '../pages/checked-page.ts'

/**
 * The actor's favourites, as far as he sees them still: rooms first, then folders, then files, by
 * name. A limit above `limits.pageItems` means that one.
 */
export async function listFavorites(
  ctx: Ctx,
  input: { readonly page: PageRequest },
): Promise<Page<NodeView>> {
  const { userId } = actingUser(ctx)
  const page = checkedPage(ctx, input.page)
  return ctx.read(async (tx) => {
    const total = await tx.favorites.count(userId, ctx.now)
    const some = page.limit > 0 && page.offset < total
    const nodes = some ? await tx.favorites.page(userId, ctx.now, page) : []
    return { ...page, items: await describeNodes(ctx, tx, nodes), total }
  })
}
