import type { Roles } from '../permissions/permission.ts'
import type { Group } from './group.ts'

export type GroupFilter = {
  readonly nameContains?: string
  readonly hasRoles?: Roles
  /** Only groups that have not all of these. */
  readonly lacksRoles?: Roles
  readonly ids?: readonly number[]
  readonly notIds?: readonly number[]
}

export type GroupSort = {
  readonly by: 'name' | 'createdAt' | 'expireAt' | 'members'
  readonly descending: boolean
}

export type GroupChange = Partial<Omit<Group, 'id' | 'createdAt' | 'createdBy'>>

export type GroupStore = {
  takeId(): Promise<number>
  /** Faults 'exists' 'group' where the name is taken, like `update`. */
  insert(group: Group): Promise<void>
  update(id: number, change: GroupChange): Promise<void>
  /** Removes the group, who is in it and who waits because of it; grants are not looked at. */
  remove(id: number): Promise<void>
  find(id: number): Promise<Group | undefined>
  findMany(ids: readonly number[]): Promise<Group[]>
  count(filter: GroupFilter): Promise<number>
  page(
    filter: GroupFilter,
    sort: readonly GroupSort[],
    page: { readonly offset: number; readonly limit: number },
  ): Promise<Group[]>
  /** How many are in each; groups without members have no entry. */
  sizes(ids: readonly number[]): Promise<Map<number, number>>
  /** Ids of the members. */
  membersOf(id: number): Promise<number[]>
  addMembers(id: number, userIds: readonly number[]): Promise<void>
  removeMembers(id: number, userIds: readonly number[]): Promise<void>
  /** Ids of the groups that a user is in. */
  groupsOf(userId: number): Promise<number[]>
  /** Roles of the groups in force that a user is in. */
  rolesOf(userId: number, now: number): Promise<Roles>
}
