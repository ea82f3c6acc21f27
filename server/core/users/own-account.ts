import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { ROLE_ROOMS } from '../permissions/permission.ts'
import type { User } from './user.ts'

export type OwnAccount = {
  readonly user: User
  /** The user has the role for it, or MANAGE in some room beside homes. */
  readonly managesRooms: boolean
}

/** The account of who is signed in. */
export async function ownAccount(ctx: Ctx): Promise<OwnAccount> {
  const { userId } = actingUser(ctx)
  return ctx.read(async (tx) => {
    const user = await tx.users.find(userId)
    if (!user) return fault('unauthenticated', 'session')
    const hasRole = (user.roles & ROLE_ROOMS) !== 0
    return { user, managesRooms: hasRole || (await tx.users.managesRooms(userId, ctx.now)) }
  })
}
