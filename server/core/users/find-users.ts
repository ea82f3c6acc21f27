import { checkText } from '../../lib/names/plain-text.ts'
import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Page, PageRequest } from '../nodes/node.ts'
import { checkedPage } from '../pages/checked-page.ts'
import {
  ROLE_AUDIT,
  ROLE_CONFIG,
  ROLE_GROUPS,
  ROLE_ROOMS,
  ROLE_USERS,
} from '../permissions/permission.ts'
import type { User } from './user.ts'
import type { UserFilter, UserSort } from './user-store.ts'

export type FindUsers = {
  readonly filter?: UserFilter
  /** Default: by user name. */
  readonly sort?: readonly UserSort[]
  /** A limit above `limits.pageItems` means that one. */
  readonly page: PageRequest
}

const managers = ROLE_USERS | ROLE_CONFIG | ROLE_GROUPS | ROLE_ROOMS | ROLE_AUDIT
const maxTerm = 1024

/** A page of the tenant's accounts. For holders of a manager's role; others: 'forbidden' 'user'. */
export async function findUsers(ctx: Ctx, input: FindUsers): Promise<Page<User>> {
  if (!mayReadUsers(ctx)) fault('forbidden', 'user')
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

/** One account: the own one, or any for a manager's role. 'not-found' 'user' otherwise. */
export async function findUser(ctx: Ctx, { id }: { id: number }): Promise<User> {
  const mayRead = mayReadUsers(ctx) || actingUser(ctx).userId === id
  const user =
    mayRead && Number.isSafeInteger(id) ? await ctx.read((tx) => tx.users.find(id)) : undefined
  return user ?? fault('not-found', 'user')
}

function mayReadUsers({ actor }: Ctx): boolean {
  if (actor.kind === 'system') return true
  return actor.kind === 'user' && (actor.roles & managers) !== 0
}

/** Text that no account can hold (NUL, half a surrogate pair, much too long) matches nothing. */
function isNoTerm(value: unknown): boolean {
  return typeof value === 'string' && checkText(value, maxTerm) !== undefined
}
