import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import type { Page, PageRequest } from '../nodes/node.ts'
import { checkedPage } from '../pages/checked-page.ts'
import type { Attribute } from './attribute.ts'
import type { AttributeFilter, AttributeSort } from './attribute-store.ts'

export type ListOwnAttributes = {
  readonly filter?: AttributeFilter
  /** Default: by key. */
  readonly sort?: readonly AttributeSort[]
  /** A limit above `limits.pageItems` means that one. */
  readonly page: PageRequest
}

/** A page of the attributes that who is signed in keeps in his profile. */
export async function listOwnAttributes(
  ctx: Ctx,
  input: ListOwnAttributes,
): Promise<Page<Attribute>> {
  const owner = { userId: actingUser(ctx).userId, kind: 'profile' } as const
  const { filter = {}, sort = [] } = input
  const page = checkedPage(ctx, input.page)
  return ctx.read(async ({ attributes }) => {
    const total = await attributes.count(owner, filter)
    return { ...page, items: await attributes.page(owner, filter, sort, page), total }
  })
}
