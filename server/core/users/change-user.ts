import { type NotedUser, withNotes } from '../attributes/user-attributes.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { lastAdminRoomsOf } from '../permissions/last-admin-rooms.ts'
import { permitRight } from '../permissions/rights.ts'
import { keepRoleHolders } from '../roles/keep-role-holders.ts'
import type { Tx } from '../store.ts'
import { stepAtNumber } from './second-step.ts'
import { checkUserFields, type UserFields } from './user-fields.ts'

export type ChangeUser = Omit<UserFields, 'roles'> & {
  readonly id: number
  readonly isLocked?: boolean
  /** Whether signing in must ask for a second factor of the user's own. */
  readonly requiresSecondFactor?: boolean
}

/**
 * Changes an account of others or the own. Codes of others that go by text message follow a new
 * number. Needs the right to change users. Who is locked, or whose
 * end has come, is out at once. Faults: 'forbidden' and 'not-found' 'user'; 'invalid' 'user' with
 * data.field and data.rule; 'exists' 'user' for a taken user name; 'last-admin' 'node' for an end
 * of the only administrator of a room, 'role' for an end or lock of the only holder of a manager's
 * role; 'unsupported' 'user' with data.rule 'second-factor'.
 */
export async function changeUser(ctx: Ctx, input: ChangeUser): Promise<NotedUser> {
  permitRight(ctx, 'change users', 'user')
  const { id, requiresSecondFactor, ...change } = input
  checkUserFields(ctx, change)
  if (requiresSecondFactor) fault('unsupported', 'user', undefined, { rule: 'second-factor' })
  return ctx.write(async (tx) => {
    await tx.nodes.lockTree()
    const before = Number.isSafeInteger(id) ? await tx.users.hold(id) : undefined
    if (!before) return fault('not-found', 'user', undefined, { user: id })
    if (before.expireAt === null && typeof change.expireAt === 'number') await keepRooms(tx, id)
    const what = Object.entries(change).flatMap(([name, value]) =>
      value === undefined ? [] : [name],
    )
    const isOwn = ctx.actor.kind === 'user' && ctx.actor.userId === id
    const step = isOwn ? {} : stepAtNumber(before, change.phone)
    await tx.users.update(id, { ...change, ...step })
    if (change.isLocked || typeof change.expireAt === 'number') {
      await keepRoleHolders(tx, before.roles | (await tx.groups.rolesOf(id, ctx.now)))
    }
    const data = { what: what.join(' ') }
    await recordEvents(ctx, tx, [{ type: 'user.changed', subjectId: id, data }])
    const user = (await tx.users.find(id)) ?? fault('not-found', 'user')
    return withNotes(ctx, tx, user)
  })
}

async function keepRooms(tx: Tx, userId: number): Promise<void> {
  const [room] = await lastAdminRoomsOf(tx, { userId })
  if (room) fault('last-admin', 'node', 'room', { room: room.room.id })
}
