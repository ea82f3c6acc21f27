import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { lastAdminRoomsOf } from '../permissions/last-admin-rooms.ts'
import { has, MANAGE, ROLE_GUEST, ROLE_USER } from '../permissions/permission.ts'
import type { Tx } from '../store.ts'
import type { User } from '../users/user.ts'

/** Makes an internal user of a guest. Faults 'invalid' 'user' with data.rule 'not-guest'. */
export async function makeInternal(ctx: Ctx, tx: Tx, user: User): Promise<void> {
  if (!has(user.roles, ROLE_GUEST)) refuse('not-guest')
  await tx.users.update(user.id, { roles: ROLE_USER })
  await tell(ctx, tx, user, ROLE_USER)
}

/**
 * Makes a guest of an internal user; who is one stays. Faults: 'invalid' 'user' with data.rule
 * 'guest-role' for who has other roles, is in a group or governs a room, 'last-admin' 'node' for
 * the only administrator of one.
 */
export async function makeGuest(ctx: Ctx, tx: Tx, user: User): Promise<void> {
  if (has(user.roles, ROLE_GUEST)) return
  if (user.roles !== ROLE_USER) refuse('guest-role')
  const [room] = await lastAdminRoomsOf(tx, { userId: user.id })
  if (room) fault('last-admin', 'node', 'room', { room: room.room.id })
  if ((await tx.groups.groupsOf(user.id)).length > 0) refuse('guest-role')
  const home = (await tx.nodes.homesOf([user.id])).get(user.id)
  const grants = await tx.access.grantsOfUser(user.id)
  if (grants.some((grant) => grant.roomId !== home?.id && has(grant.permissions, MANAGE))) {
    refuse('guest-role')
  }
  await tx.users.update(user.id, { roles: ROLE_GUEST })
  await tell(ctx, tx, user, ROLE_GUEST)
}

function refuse(rule: string): never {
  return fault('invalid', 'user', undefined, { field: 'roles', rule })
}

async function tell(ctx: Ctx, tx: Tx, { id, userName }: User, role: number): Promise<void> {
  await recordEvents(ctx, tx, [{ type: 'role.given', subjectId: id, data: { role, userName } }])
}
