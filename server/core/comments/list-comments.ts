import type { Ctx } from '../ctx.ts'
import type { NodeRef, Page, PageRequest } from '../nodes/node.ts'
import { checkedPage } from '../pages/checked-page.ts'
import { READ } from '../permissions/permission.ts'
import { permit, visible } from '../permissions/visible.ts'
import type { CommentView } from './comment.ts'
import { describeComments } from './comment-place.ts'

export type ListComments = {
  readonly node: NodeRef
  /** Those that were deleted are listed too, without their text. */
  readonly withDeleted?: boolean
  /** A limit above `limits.pageItems` means that one. */
  readonly page: PageRequest
}

/** Comments on a node, oldest first: READ on it. */
export async function listComments(ctx: Ctx, input: ListComments): Promise<Page<CommentView>> {
  const page = checkedPage(ctx, input.page)
  const filter = { withDeleted: input.withDeleted ?? false }
  return ctx.read(async (tx) => {
    const { node, permissions } = await visible(ctx, tx, input.node)
    permit(permissions, READ)
    const total = await tx.comments.count(node.id, filter)
    const some = page.limit > 0 && page.offset < total
    const comments = some ? await tx.comments.page(node.id, filter, page) : []
    return { ...page, items: await describeComments(tx, comments), total }
  })
}
