import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Node } from '../nodes/node.ts'
import type { Tx } from '../store.ts'
import type { Grant } from './access-store.ts'
import { ALL, expand, MANAGE, type Permissions, ROLE_GUEST } from './permission.ts'

type Terms = {
  /** 0 takes the grant away. */
  readonly permissions: Permissions
  /** Absent or null: without end. */
  readonly expireAt?: number | null
}

export type UserGrantInput = Terms & { readonly userId: number; readonly groupId?: undefined }

export type GroupGrantInput = Terms & {
  readonly groupId: number
  readonly userId?: undefined
  /**
   * Whether somebody who enters the group later is let in at once (the default for a new grant;
   * otherwise it stays as it is) or waits until an administrator of the room decides.
   */
  readonly admits?: boolean
}

/** What is given on a room: to a user, or to a group. */
export type GrantInput = UserGrantInput | GroupGrantInput

/** Faults when one of these grants cannot be given on this room. */
export async function checkGrants(
  ctx: Ctx,
  tx: Tx,
  room: Node,
  grants: readonly GrantInput[],
): Promise<void> {
  if (grants.length > ctx.limits.bulkItems) fault('too-many', 'grant')
  for (const grant of grants) {
    const { userId, permissions } = grant
    if (!Number.isSafeInteger(permissions) || permissions < 0 || permissions > ALL) {
      fault('invalid', 'grant', undefined, { field: 'permissions', rule: 'range' })
    }
    checkEnd(ctx, grant)
    const givesHomeAway = room.homeOf !== null && room.homeOf !== userId
    if (givesHomeAway && (permissions & MANAGE) !== 0) {
      fault('invalid', 'grant', undefined, { field: 'permissions', rule: 'home' })
    }
  }
  await checkUsers(tx, userIdsOf(grants))
  const admins = grants.filter(({ permissions }) => (permissions & MANAGE) !== 0)
  await refuseGuests(tx, room, userIdsOf(admins))
  await checkGroups(tx, groupIdsOf(grants))
}

/** Faults 'invalid' 'grant' (field 'expireAt') for an end that is not to come. */
export function checkEnd(ctx: Ctx, { expireAt }: Pick<Terms, 'expireAt'>): void {
  if (expireAt === null || expireAt === undefined) return
  if (Number.isSafeInteger(expireAt) && expireAt > ctx.now) return
  fault('invalid', 'grant', undefined, { field: 'expireAt', rule: 'past' })
}

const userIdsOf = (grants: readonly GrantInput[]) =>
  grants.flatMap(({ userId }) => (userId === undefined ? [] : [userId]))

const groupIdsOf = (grants: readonly GrantInput[]) =>
  grants.flatMap(({ groupId }) => (groupId === undefined ? [] : [groupId]))

async function checkUsers(tx: Tx, userIds: readonly number[]): Promise<void> {
  const homes = await tx.nodes.homesOf(userIds)
  const unknown = userIds.find((id) => !homes.has(id))
  if (unknown !== undefined) fault('not-found', 'user', undefined, { user: unknown })
}

/** Guests govern nothing but their homes. */
export async function refuseGuests(
  tx: Tx,
  { homeOf }: Pick<Node, 'homeOf'>,
  userIds: readonly number[],
): Promise<void> {
  const ids = userIds.filter((id) => id !== homeOf)
  if (ids.length === 0) return
  if ((await tx.users.count({ ids, hasRoles: ROLE_GUEST })) > 0) {
    fault('invalid', 'grant', undefined, { field: 'permissions', rule: 'guest' })
  }
}

/** Faults 'not-found' 'group' when one of these is not there. */
export async function checkGroups(tx: Tx, groupIds: readonly number[]): Promise<void> {
  const known = new Set((await tx.groups.findMany(groupIds)).map(({ id }) => id))
  const unknown = groupIds.find((id) => !known.has(id))
  if (unknown !== undefined) fault('not-found', 'group', undefined, { group: unknown })
}

/** The grant that an input stands for; `before` is what its subject had there. */
export function grantOf(roomId: number, input: GrantInput, before: Grant | undefined): Grant {
  const { expireAt = null } = input
  const terms = { roomId, permissions: expand(input.permissions), expireAt }
  if (input.groupId === undefined) return { ...terms, userId: input.userId }
  const admits = input.admits ?? (before?.groupId === undefined || before.admits)
  return { ...terms, groupId: input.groupId, admits }
}

export function sameSubject(
  one: Pick<Grant, 'userId' | 'groupId'>,
  other: Pick<Grant, 'userId' | 'groupId'>,
): boolean {
  return one.userId === other.userId && one.groupId === other.groupId
}

/** A room that inherits nothing keeps an administrator whose grant does not end. */
export async function keepAdmin(tx: Tx, room: Node): Promise<void> {
  if (room.room?.inherit) return
  if ((await tx.access.countLastingAdmins(room.id)) === 0) fault('last-admin', 'node', 'room')
}

/** The same for these rooms, after somebody lost what he held there. */
export async function keepAdmins(tx: Tx, roomIds: readonly number[]): Promise<void> {
  const [room] = await tx.access.withoutLastingAdmin(roomIds)
  if (room !== undefined) fault('last-admin', 'node', 'room', { room })
}
