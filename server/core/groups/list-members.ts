import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Page, PageRequest } from '../nodes/node.ts'
import { checkedPage } from '../pages/checked-page.ts'
import { permitRight } from '../permissions/rights.ts'
import type { Member } from '../roles/role-holders.ts'
import type { User } from '../users/user.ts'
import type { Group } from './group.ts'

type Wanted = {
  /** Those that belong together (true, the default), the others, or both ('any'). */
  readonly isMember?: boolean | 'any'
  readonly nameContains?: string
}

export type MembersOf = {
  readonly id: number
  readonly filter?: Wanted
  readonly page: PageRequest
}

/** Users by whether they are in a group. Needs the right to read groups. */
export async function groupMembers(ctx: Ctx, input: MembersOf): Promise<Page<Member<User>>> {
  permitRight(ctx, 'read groups', 'group')
  const page = checkedPage(ctx, input.page)
  return ctx.read(async (tx) => {
    if (!(await tx.groups.find(input.id))) fault('not-found', 'group')
    const members = await tx.groups.membersOf(input.id)
    const filter = {
      ...idsOf(members, input.filter?.isMember),
      anyContains: input.filter?.nameContains,
    }
    const total = await tx.users.count(filter)
    const users = await tx.users.page(filter, [{ by: 'userName', descending: false }], page)
    return { ...page, total, items: marked(users, members) }
  })
}

/** Groups by whether a user is in them. Needs the right to read users. */
export async function groupsOfUser(ctx: Ctx, input: MembersOf): Promise<Page<Member<Group>>> {
  permitRight(ctx, 'read users', 'user')
  const page = checkedPage(ctx, input.page)
  return ctx.read(async (tx) => {
    if (!(await tx.users.find(input.id))) fault('not-found', 'user')
    const own = await tx.groups.groupsOf(input.id)
    const filter = {
      ...idsOf(own, input.filter?.isMember),
      nameContains: input.filter?.nameContains,
    }
    const total = await tx.groups.count(filter)
    const groups = await tx.groups.page(filter, [{ by: 'name', descending: false }], page)
    return { ...page, total, items: marked(groups, own) }
  })
}

function idsOf(ids: readonly number[], isMember: boolean | 'any' = true) {
  if (isMember === 'any') return {}
  return isMember ? { ids } : { notIds: ids }
}

function marked<T extends { readonly id: number }>(
  subjects: readonly T[],
  members: readonly number[],
): Member<T>[] {
  const known = new Set(members)
  return subjects.map((subject) => ({ subject, isMember: known.has(subject.id) }))
}
