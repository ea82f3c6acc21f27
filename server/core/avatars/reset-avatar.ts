import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import type { User } from '../users/user.ts'

/** Takes the own picture away; nothing happens where there is none. */
export async function resetAvatar(ctx: Ctx): Promise<User> {
  const { userId } = actingUser(ctx)
  return ctx.write(async (tx) => {
    const user = await tx.users.hold(userId)
    if (!user) return fault('unauthenticated', 'session')
    if (!(await tx.avatars.remove(userId))) return user
    await tx.users.update(userId, { avatar: null })
    const data = { what: 'avatar' }
    await recordEvents(ctx, tx, [{ type: 'user.changed', subjectId: userId, data }])
    return { ...user, avatar: null }
  })
}
