import type { Ctx } from '../ctx.ts'
import type { EventType } from '../event.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import type { Group } from '../groups/group.ts'
import type { Page } from '../nodes/node.ts'
import {
  ROLE_GUEST,
  ROLE_SEES_NONMEMBERS,
  ROLE_USER,
  ROLE_USERS,
  type Roles,
} from '../permissions/permission.ts'
import { permitRight } from '../permissions/rights.ts'
import type { Tx } from '../store.ts'
import type { User } from '../users/user.ts'
import { makeGuest, makeInternal } from './convert-account.ts'
import { keepRoleHolders } from './keep-role-holders.ts'
import { groupsWith, type Member, usersWith } from './role-holders.ts'
import { allRoles, isGrantable } from './roles.ts'

export type RoleUsers = { readonly role: Roles; readonly userIds: readonly number[] }
export type RoleGroups = { readonly role: Roles; readonly groupIds: readonly number[] }

/**
 * Gives users a role; who has it stays as he is. Answers who has it then, the first of them. Only
 * holders of a role give it on (that of seeing non-members: who makes accounts, too); an account is
 * made internal, or a guest, by who may change users. Faults: 'not-found' 'role', 'forbidden'
 * 'role', 'invalid' 'role' with data.rule 'grantable', 'not-found' 'user', 'invalid' 'user' with
 * data.rule 'guest-role', 'too-many' 'role'; those of `makeInternal` and `makeGuest`.
 */
export async function giveRoleToUsers(
  ctx: Ctx,
  { role, userIds }: RoleUsers,
): Promise<Page<Member<User>>> {
  const convert = conversions.get(role)
  if (convert) permitRight(ctx, 'change users', 'role')
  else permitRole(ctx, role)
  return ctx.write(async (tx) => {
    const users = await usersOf(ctx, tx, userIds)
    if (convert) for (const user of users) await convert(ctx, tx, user)
    else await changeUsers(ctx, tx, users, 'role.given', role)
    return usersWith(tx, holders(ctx, role))
  })
}

/**
 * Takes a role from users; who has it not is passed over. Faults as in `giveRoleToUsers`, 'invalid'
 * 'role' with data.rule 'own' for one's own, 'last-admin' 'role' where nobody who lasts would hold
 * it.
 */
export async function takeRoleFromUsers(
  ctx: Ctx,
  { role, userIds }: RoleUsers,
): Promise<Page<Member<User>>> {
  permitRole(ctx, role)
  if (ctx.actor.kind === 'user' && userIds.includes(ctx.actor.userId)) refuse('own')
  return ctx.write(async (tx) => {
    const users = await usersOf(ctx, tx, userIds)
    await changeUsers(ctx, tx, users, 'role.taken', role)
    await keepRoleHolders(tx, role)
    return usersWith(tx, holders(ctx, role))
  })
}

/** Gives groups a role, so that all their members have it. Faults as in `giveRoleToUsers`. */
export async function giveRoleToGroups(
  ctx: Ctx,
  { role, groupIds }: RoleGroups,
): Promise<Page<Member<Group>>> {
  permitRole(ctx, role)
  return ctx.write(async (tx) => {
    const groups = await groupsOf(ctx, tx, groupIds)
    await changeGroups(ctx, tx, groups, 'role.given', role)
    return groupsWith(tx, holders(ctx, role))
  })
}

/** Takes a role from groups. Faults as in `takeRoleFromUsers`. */
export async function takeRoleFromGroups(
  ctx: Ctx,
  { role, groupIds }: RoleGroups,
): Promise<Page<Member<Group>>> {
  permitRole(ctx, role)
  return ctx.write(async (tx) => {
    const groups = await groupsOf(ctx, tx, groupIds)
    await changeGroups(ctx, tx, groups, 'role.taken', role)
    await keepRoleHolders(tx, role)
    return groupsWith(tx, holders(ctx, role))
  })
}

/** What an account is, it becomes for good. */
const conversions = new Map([
  [ROLE_USER, makeInternal],
  [ROLE_GUEST, makeGuest],
])

/** The first page of those who have it now. */
const holders = (ctx: Ctx, role: Roles) => ({
  role,
  isMember: true,
  page: { offset: 0, limit: ctx.limits.pageItems },
})

function permitRole({ actor }: Ctx, role: Roles): void {
  if (!allRoles.includes(role)) fault('not-found', 'role')
  if (!isGrantable(role)) refuse('grantable')
  if (actor.kind === 'system') return
  if (actor.kind !== 'user') fault('unauthenticated', 'session')
  const enough = role === ROLE_SEES_NONMEMBERS ? role | ROLE_USERS : role
  if ((actor.roles & enough) === 0) fault('forbidden', 'role')
}

function refuse(rule: string): never {
  return fault('invalid', 'role', undefined, { field: 'role', rule })
}

async function usersOf(ctx: Ctx, tx: Tx, userIds: readonly number[]): Promise<User[]> {
  if (userIds.length > ctx.limits.bulkItems) fault('too-many', 'role')
  await tx.nodes.lockTree()
  const users: User[] = []
  for (const id of new Set(userIds)) {
    const user = await tx.users.find(id)
    users.push(user ?? fault('not-found', 'user', undefined, { user: id }))
  }
  return users
}

async function groupsOf(ctx: Ctx, tx: Tx, groupIds: readonly number[]): Promise<Group[]> {
  if (groupIds.length > ctx.limits.bulkItems) fault('too-many', 'role')
  await tx.nodes.lockTree()
  const wanted = [...new Set(groupIds)]
  const groups = await tx.groups.findMany(wanted)
  const unknown = wanted.find((id) => !groups.some((group) => group.id === id))
  if (unknown !== undefined) fault('not-found', 'group', undefined, { group: unknown })
  return groups
}

async function changeUsers(
  ctx: Ctx,
  tx: Tx,
  users: readonly User[],
  type: EventType,
  role: Roles,
): Promise<void> {
  const gives = type === 'role.given'
  if (gives && users.some((user) => (user.roles & ROLE_GUEST) !== 0)) {
    fault('invalid', 'user', undefined, { field: 'roles', rule: 'guest-role' })
  }
  const changed = users.filter((user) => ((user.roles & role) !== 0) !== gives)
  for (const { id, roles } of changed) await tx.users.update(id, { roles: roles ^ role })
  await recordEvents(
    ctx,
    tx,
    changed.map(({ id, userName }) => ({ type, subjectId: id, data: { role, userName } })),
  )
}

async function changeGroups(
  ctx: Ctx,
  tx: Tx,
  groups: readonly Group[],
  type: EventType,
  role: Roles,
): Promise<void> {
  const gives = type === 'role.given'
  const changed = groups.filter((group) => ((group.roles & role) !== 0) !== gives)
  for (const { id, roles } of changed) await tx.groups.update(id, { roles: roles ^ role })
  await recordEvents(
    ctx,
    tx,
    changed.map(({ id, name }) => ({ type, data: { role, group: id, name } })),
  )
}
