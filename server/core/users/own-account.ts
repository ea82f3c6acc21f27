import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { MANAGE } from '../permissions/permission.ts'
import type { User } from './user.ts'

export type OwnAccount = {
  readonly user: User
  /** The user manages some room beside his home. */
  readonly managesRooms: boolean
}

/** The account of who is signed in. */
export async function ownAccount(ctx: Ctx): Promise<OwnAccount> {
  const { userId } = actingUser(ctx)
  return ctx.read(async (tx) => {
    const user = await tx.users.find(userId)
    if (!user) return fault('unauthenticated', 'session')
    const tops = await tx.access.topRoomsOf(userId, ctx.now)
    const rooms = tops.filter((id) => id !== ctx.tenant.homesId)
    const held = await tx.access.ofMany(rooms, userId, ctx.now)
    const managesRooms = [...held.values()].some((permissions) => (permissions & MANAGE) !== 0)
    return { user, managesRooms }
  })
}
