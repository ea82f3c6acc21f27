import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { dropMountsWithin } from '../nodes/mounts.ts'
import { bytesIn, deltaOf, tellAncestors } from '../nodes/tell-ancestors.ts'
import { lastAdminRoomsOf } from '../permissions/last-admin-rooms.ts'
import { permitRight } from '../permissions/rights.ts'
import { keepRoleHolders } from '../roles/keep-role-holders.ts'
import type { Tx } from '../store.ts'
import type { User } from './user.ts'

/**
 * Removes an account for good: its home with everything in it, grants, memberships, sessions,
 * links, export tokens. What the user made elsewhere stays. Needs the right to delete users.
 * Faults: 'forbidden' and 'not-found' 'user'; 'last-admin' 'node' for the only administrator of a
 * room, 'role' for the only holder of a manager's role.
 */
export async function removeUser(ctx: Ctx, input: { readonly id: number }): Promise<void> {
  permitRight(ctx, 'delete users', 'user')
  await ctx.write(async (tx) => {
    await tx.nodes.lockTree()
    const user = Number.isSafeInteger(input.id) ? await tx.users.hold(input.id) : undefined
    if (!user) return fault('not-found', 'user', undefined, { user: input.id })
    const [room] = await lastAdminRoomsOf(tx, { userId: user.id })
    if (room) fault('last-admin', 'node', 'room', { room: room.room.id })
    const roles = user.roles | (await tx.groups.rolesOf(user.id, ctx.now))
    await eraseAccount(ctx, tx, user)
    await keepRoleHolders(tx, roles)
  })
}

/** The same for an account that is held, whatever it leaves without an administrator. */
export async function eraseAccount(
  ctx: Ctx,
  tx: Tx,
  { id, userName }: Pick<User, 'id' | 'userName'>,
): Promise<void> {
  await removeHome(ctx, tx, id)
  await tx.users.remove(id)
  await recordEvents(ctx, tx, [{ type: 'user.deleted', subjectId: id, data: { userName } }])
}

async function removeHome(ctx: Ctx, tx: Tx, userId: number): Promise<void> {
  const found = (await tx.nodes.homesOf([userId])).get(userId)
  if (!found) return
  const [homes] = await tx.nodes.lock([ctx.tenant.homesId], 'stay')
  const [home] = await tx.nodes.lockSubtrees([found.id])
  if (!home) return
  const size = await bytesIn(tx, home)
  await dropMountsWithin(ctx, tx, home)
  const { bytes } = await tx.nodes.purge(home.id)
  await tx.tallies.book(-bytes)
  await tellAncestors(ctx, tx, homes ?? null, deltaOf(home, size, -1))
}
