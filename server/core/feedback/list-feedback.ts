import type { Ctx } from '../ctx.ts'
import type { Page, PageRequest } from '../nodes/node.ts'
import { checkedPage } from '../pages/checked-page.ts'
import { permitRight } from '../permissions/rights.ts'
import type { Feedback, FeedbackSort } from './feedback-store.ts'

/** What users wrote to the administrators. Needs the right to change users. */
export async function listFeedback(
  ctx: Ctx,
  input: { readonly sort: FeedbackSort; readonly page: PageRequest },
): Promise<Page<Feedback>> {
  permitRight(ctx, 'change users', 'message')
  const page = checkedPage(ctx, input.page)
  return ctx.read(async (tx) => {
    const total = await tx.feedback.count()
    const some = page.limit > 0 && page.offset < total
    return { ...page, items: some ? await tx.feedback.page(input.sort, page) : [], total }
  })
}
