import type { Ctx } from '../ctx.ts'
import type { EventType } from '../event.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { applyMembership } from '../permissions/apply-grants.ts'
import { keepAdmins } from '../permissions/grant-facts.ts'
import { ROLE_GUEST } from '../permissions/permission.ts'
import { permitRight } from '../permissions/rights.ts'
import { keepRoleHolders } from '../roles/keep-role-holders.ts'
import type { Tx } from '../store.ts'
import { describeGroup } from './describe-groups.ts'
import type { Group, GroupView } from './group.ts'
import { lockedGroup } from './locked-group.ts'

export type GroupMembers = { readonly id: number; readonly userIds: readonly number[] }

/**
 * Puts users into a group. They hold at once what the group was granted, but wait for rooms that
 * let members in one by one. Needs the right to change groups. Faults: 'forbidden' and 'not-found'
 * 'group', 'not-found' 'user', 'too-many' 'group', 'invalid' 'user'
 * with data.rule 'guest-group', 'exists' 'group' with data.rule 'member' and
 * data.user for one who is in it.
 */
export async function addGroupMembers(ctx: Ctx, input: GroupMembers): Promise<GroupView> {
  permitRight(ctx, 'change groups', 'group')
  const userIds = checkedIds(ctx, input.userIds)
  return ctx.write(async (tx) => {
    const group = await lockedGroup(tx, input.id)
    await checkUsers(tx, userIds)
    const members = new Set(await tx.groups.membersOf(group.id))
    const member = userIds.find((id) => members.has(id))
    await refuseGuests(tx, userIds)
    if (member !== undefined) {
      fault('exists', 'group', undefined, { rule: 'member', user: member })
    }
    await letIn(ctx, tx, group, userIds)
    return describeGroup(tx, group)
  })
}

/** Puts checked users, who are not in it yet, into a locked group. */
export async function letIn(
  ctx: Ctx,
  tx: Tx,
  group: Group,
  userIds: readonly number[],
): Promise<void> {
  await tx.groups.addMembers(group.id, userIds)
  for (const { roomId, admits } of await tx.access.grantsOfGroup(group.id)) {
    if (admits) continue
    await tx.admissions.insert(
      userIds.map((userId) => ({ roomId, groupId: group.id, userId, isDenied: false })),
    )
  }
  await applyMembership(ctx, tx, group.id, userIds)
  await tell(ctx, tx, 'group.joined', group, userIds)
}

/**
 * Takes users out of a group, with all that they hold by it; who is not in it is passed over. Needs
 * the right to change groups. Faults as in `addGroupMembers`, and 'last-admin' 'node' or 'role'
 * where a room or role would be left without anybody who lasts.
 */
export async function removeGroupMembers(ctx: Ctx, input: GroupMembers): Promise<GroupView> {
  permitRight(ctx, 'change groups', 'group')
  const userIds = checkedIds(ctx, input.userIds)
  return ctx.write(async (tx) => {
    const group = await lockedGroup(tx, input.id)
    await checkUsers(tx, userIds)
    const members = new Set(await tx.groups.membersOf(group.id))
    const leaving = userIds.filter((id) => members.has(id))
    await tx.groups.removeMembers(group.id, leaving)
    await applyMembership(ctx, tx, group.id, leaving)
    const grants = await tx.access.grantsOfGroup(group.id)
    await keepAdmins(
      tx,
      grants.map(({ roomId }) => roomId),
    )
    await keepRoleHolders(tx, group.roles)
    await tell(ctx, tx, 'group.left', group, leaving)
    return describeGroup(tx, group)
  })
}

function checkedIds(ctx: Ctx, userIds: readonly number[]): number[] {
  if (userIds.length > ctx.limits.bulkItems) fault('too-many', 'group')
  return [...new Set(userIds)]
}

async function checkUsers(tx: Tx, userIds: readonly number[]): Promise<void> {
  const known = await tx.users.people(userIds)
  const unknown = userIds.find((id) => !known.has(id))
  if (unknown !== undefined) fault('not-found', 'user', undefined, { user: unknown })
}

async function refuseGuests(tx: Tx, userIds: readonly number[]): Promise<void> {
  const guests = await tx.users.count({ ids: userIds, hasRoles: ROLE_GUEST })
  if (guests > 0) fault('invalid', 'user', undefined, { field: 'userIds', rule: 'guest-group' })
}

async function tell(
  ctx: Ctx,
  tx: Tx,
  type: EventType,
  group: Group,
  userIds: readonly number[],
): Promise<void> {
  await recordEvents(
    ctx,
    tx,
    userIds.map((userId) => ({
      type,
      subjectId: userId,
      data: { group: group.id, name: group.name },
    })),
  )
}
