import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Group } from '../groups/group.ts'
import type { Page, PageRequest } from '../nodes/node.ts'
import { checkedPage } from '../pages/checked-page.ts'
import type { Roles } from '../permissions/permission.ts'
import { permitRight } from '../permissions/rights.ts'
import type { Tx } from '../store.ts'
import type { User } from '../users/user.ts'
import { allRoles } from './roles.ts'

export type RoleHolders = {
  readonly role: Roles
  readonly filter?: {
    /** Who has the role (true, the default), has it not, or both ('any'). */
    readonly isMember?: boolean | 'any'
    readonly nameContains?: string
  }
  readonly page: PageRequest
}

export type Member<T> = { readonly subject: T; readonly isMember: boolean }

/** Users by whether they were given a role themselves. Needs the right to read users. */
export async function roleUsers(ctx: Ctx, input: RoleHolders): Promise<Page<Member<User>>> {
  permitRight(ctx, 'read users', 'role')
  const wanted = checked(ctx, input)
  return ctx.read((tx) => usersWith(tx, wanted))
}

/** Groups by whether they were given a role. Needs the right to read groups. */
export async function roleGroups(ctx: Ctx, input: RoleHolders): Promise<Page<Member<Group>>> {
  permitRight(ctx, 'read groups', 'role')
  const wanted = checked(ctx, input)
  return ctx.read((tx) => groupsWith(tx, wanted))
}

type Wanted = {
  readonly role: Roles
  readonly isMember: boolean | 'any'
  readonly nameContains?: string
  readonly page: PageRequest
}

/** `roleUsers` without asking who wants to know. */
export async function usersWith(tx: Tx, wanted: Wanted): Promise<Page<Member<User>>> {
  const { role, page, isMember, nameContains } = wanted
  const filter = { ...bits(role, isMember), anyContains: nameContains }
  const total = await tx.users.count(filter)
  const users = await tx.users.page(filter, [{ by: 'userName', descending: false }], page)
  return { ...page, total, items: users.map((user) => memberOf(user, role)) }
}

/** `roleGroups` without asking who wants to know. */
export async function groupsWith(tx: Tx, wanted: Wanted): Promise<Page<Member<Group>>> {
  const { role, page, isMember, nameContains } = wanted
  const filter = { ...bits(role, isMember), nameContains }
  const total = await tx.groups.count(filter)
  const groups = await tx.groups.page(filter, [{ by: 'name', descending: false }], page)
  return { ...page, total, items: groups.map((group) => memberOf(group, role)) }
}

function checked(ctx: Ctx, { role, filter = {}, page }: RoleHolders): Wanted {
  if (!allRoles.includes(role)) fault('not-found', 'role')
  const { isMember = true, nameContains } = filter
  return { role, isMember, nameContains, page: checkedPage(ctx, page) }
}

function bits(role: Roles, isMember: boolean | 'any') {
  if (isMember === 'any') return {}
  return isMember ? { hasRoles: role } : { lacksRoles: role }
}

function memberOf<T extends { readonly roles: Roles }>(subject: T, role: Roles): Member<T> {
  return { subject, isMember: (subject.roles & role) !== 0 }
}
