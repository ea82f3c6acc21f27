import { checkText } from '../../lib/names/plain-text.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Page, PageRequest } from '../nodes/node.ts'
import { checkedPage } from '../pages/checked-page.ts'
import { permitRight } from '../permissions/rights.ts'
import { describeGroup, describeGroups } from './describe-groups.ts'
import type { GroupView } from './group.ts'
import type { GroupFilter, GroupSort } from './group-store.ts'

export type FindGroups = {
  readonly filter?: GroupFilter
  /** Default: by name. */
  readonly sort?: readonly GroupSort[]
  readonly page: PageRequest
}

const maxTerm = 1024

/** A page of the tenant's groups. Needs the right to read groups; else 'forbidden' 'group'. */
export async function findGroups(ctx: Ctx, input: FindGroups): Promise<Page<GroupView>> {
  permitRight(ctx, 'read groups', 'group')
  const { filter = {}, sort = [{ by: 'name', descending: false }] } = input
  const page = checkedPage(ctx, input.page)
  const { nameContains } = filter
  // Text that no group can hold matches nothing.
  if (nameContains !== undefined && checkText(nameContains, maxTerm) !== undefined) {
    return { ...page, items: [], total: 0 }
  }
  return ctx.read(async (tx) => {
    const total = await tx.groups.count(filter)
    const beyond = page.limit === 0 || page.offset >= total
    const groups = beyond ? [] : await tx.groups.page(filter, sort, page)
    return { ...page, items: await describeGroups(tx, groups), total }
  })
}

/** One group. Needs the right to read groups. Faults: 'forbidden' and 'not-found' 'group'. */
export async function findGroup(ctx: Ctx, { id }: { readonly id: number }): Promise<GroupView> {
  permitRight(ctx, 'read groups', 'group')
  return ctx.read(async (tx) => {
    const group = Number.isSafeInteger(id) ? await tx.groups.find(id) : undefined
    return group ? describeGroup(tx, group) : fault('not-found', 'group', undefined, { group: id })
  })
}
