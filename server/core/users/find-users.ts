import { checkText } from '../../lib/names/plain-text.ts'
import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Page, PageRequest } from '../nodes/node.ts'
import { checkedPage } from '../pages/checked-page.ts'
import { hasRight, permitRight } from '../permissions/rights.ts'
import type { User } from './user.ts'
import type { UserFilter, UserSort } from './user-store.ts'

export type FindUsers = {
  readonly filter?: UserFilter
  /** Default: by user name. */
  readonly sort?: readonly UserSort[]
  /** A limit above `limits.pageItems` means that one. */
  readonly page: PageRequest
}

const maxTerm = 1024

/** A page of the tenant's accounts. Needs the right to read users; else 'forbidden' 'user'. */
export async function findUsers(ctx: Ctx, input: FindUsers): Promise<Page<User>> {
  permitRight(ctx, 'read users', 'user')
  const { filter = {}, sort = [{ by: 'userName', descending: false }] } = input
  const page = checkedPage(ctx, input.page)
  if (Object.values(filter).some(isNoTerm)) return { ...page, items: [], total: 0 }
  return ctx.read(async (tx) => {
    const total = await tx.users.count(filter)
    const beyond = page.limit === 0 || page.offset >= total
    const items = beyond ? [] : await tx.users.page(filter, sort, page)
    return { ...page, items, total }
  })
}

/**
 * One account: the own one, or any with the right to read users; 'not-found' 'user' otherwise.
 * `withGroups`: `roles` holds those of his groups, too.
 */
export async function findUser(
  ctx: Ctx,
  { id, withGroups = false }: { readonly id: number; readonly withGroups?: boolean },
): Promise<User> {
  const mayRead = hasRight(ctx, 'read users') || actingUser(ctx).userId === id
  if (!mayRead || !Number.isSafeInteger(id)) return fault('not-found', 'user')
  return ctx.read(async (tx) => {
    const user = (await tx.users.find(id)) ?? fault('not-found', 'user')
    if (!withGroups) return user
    return { ...user, roles: user.roles | (await tx.groups.rolesOf(id, ctx.now)) }
  })
}

/** Text that no account can hold (NUL, half a surrogate pair, much too long) matches nothing. */
function isNoTerm(value: unknown): boolean {
  return typeof value === 'string' && checkText(value, maxTerm) !== undefined
}
