import type { Tx } from '../store.ts'
import { personOf } from '../users/person.ts'
import type { Group, GroupView } from './group.ts'

/** Groups as they are shown, in the same order. */
export async function describeGroups(tx: Tx, groups: readonly Group[]): Promise<GroupView[]> {
  const sizes = await tx.groups.sizes(groups.map(({ id }) => id))
  const ids = groups.flatMap(({ createdBy, updatedBy }) => [createdBy, updatedBy])
  const people = await tx.users.people([...new Set(ids.filter((id) => id !== null))])
  return groups.map((group) => ({
    group,
    members: sizes.get(group.id) ?? 0,
    createdBy: personOf(people, group.createdBy),
    updatedBy: personOf(people, group.updatedBy),
  }))
}

export async function describeGroup(tx: Tx, group: Group): Promise<GroupView> {
  const [view] = await describeGroups(tx, [group])
  if (!view) throw new Error(`group ${group.id} was not described`)
  return view
}
