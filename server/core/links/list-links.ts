import { checkText } from '../../lib/names/plain-text.ts'
import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import type { NodeRef, Page, PageRequest } from '../nodes/node.ts'
import { resolve } from '../nodes/resolve.ts'
import { checkedPage } from '../pages/checked-page.ts'
import type { LinkView } from './link.ts'
import type { LinkFilter, LinkSort } from './link-store.ts'
import { linkViews } from './link-views.ts'

export type ListLinks = {
  readonly filter?: Omit<LinkFilter, 'manageableBy' | 'digest' | 'nodeId'> & {
    readonly token?: string
    /** The node they are on; one that the actor does not see has none. */
    readonly node?: NodeRef
  }
  /** Default: by name. */
  readonly sort?: readonly LinkSort[]
  /** A limit above `limits.pageItems` means that one. */
  readonly page: PageRequest
}

const maxTerm = 1024

/** A page of the links that the actor may manage, his own and those of others. */
export async function listLinks(ctx: Ctx, input: ListLinks): Promise<Page<LinkView>> {
  const { userId } = actingUser(ctx)
  const { token, node, ...rest } = input.filter ?? {}
  const sort = input.sort ?? [{ by: 'name', descending: false }]
  const page = checkedPage(ctx, input.page)
  if ([token, ...Object.values(rest)].some(isNoTerm)) return { ...page, items: [], total: 0 }
  const digest = token === undefined ? {} : { digest: ctx.secrets.digest(token) }
  return ctx.read(async (tx) => {
    const nodeId = node && ((await resolve(ctx, tx, node))?.id ?? 0)
    const filter: LinkFilter = { ...rest, ...digest, nodeId, manageableBy: userId }
    const total = await tx.links.count(filter, ctx.now)
    const beyond = page.limit === 0 || page.offset >= total
    const links = beyond ? [] : await tx.links.page(filter, sort, page, ctx.now)
    return { ...page, items: await linkViews(ctx, tx, links), total }
  })
}

/** Text that nothing can hold (NUL, half a surrogate pair, much too long) matches nothing. */
function isNoTerm(value: unknown): boolean {
  return typeof value === 'string' && checkText(value, maxTerm) !== undefined
}
