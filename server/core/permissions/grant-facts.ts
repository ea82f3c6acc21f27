import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Node } from '../nodes/node.ts'
import type { Tx } from '../store.ts'
import { ALL, MANAGE, type Permissions } from './permission.ts'

export type GrantInput = {
  readonly userId: number
  /** 0 takes the grant away. */
  readonly permissions: Permissions
  /** Absent or null: without end. */
  readonly expireAt?: number | null
}

/** Faults when one of these grants cannot be given on this room. */
export async function checkGrants(
  ctx: Ctx,
  tx: Tx,
  room: Node,
  grants: readonly GrantInput[],
): Promise<void> {
  if (grants.length > ctx.limits.bulkItems) fault('too-many', 'grant')
  for (const { userId, permissions, expireAt } of grants) {
    if (!Number.isSafeInteger(permissions) || permissions < 0 || permissions > ALL) {
      fault('invalid', 'grant', undefined, { field: 'permissions', rule: 'range' })
    }
    if (typeof expireAt === 'number' && !(Number.isSafeInteger(expireAt) && expireAt > ctx.now)) {
      fault('invalid', 'grant', undefined, { field: 'expireAt', rule: 'past' })
    }
    const givesHomeAway = room.homeOf !== null && room.homeOf !== userId
    if (givesHomeAway && (permissions & MANAGE) !== 0) {
      fault('invalid', 'grant', undefined, { field: 'permissions', rule: 'home' })
    }
  }
  const homes = await tx.nodes.homesOf(grants.map((grant) => grant.userId))
  const unknown = grants.find((grant) => !homes.has(grant.userId))
  if (unknown) fault('not-found', 'user', undefined, { user: unknown.userId })
}

/** A room that inherits nothing keeps an administrator whose grant does not end. */
export async function keepAdmin(tx: Tx, room: Node): Promise<void> {
  if (room.room?.inherit) return
  if ((await tx.access.countLastingAdmins(room.id)) === 0) fault('last-admin', 'node', 'room')
}
