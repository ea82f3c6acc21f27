import { nameKey } from '../../lib/names/name-key.ts'
import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'

export type RemoveLogin = {
  readonly by: 'email' | 'phone' | 'id' | undefined
  readonly login: string
}

/**
 * Takes a login away from the own account: its address or its telephone number. User name and id
 * stay, so that one login is always left. Faults 'not-found' 'user' for a login that the account
 * has not, 'invalid' 'user' with data.field 'login' (rule 'last') for one that stays.
 */
export async function removeLogin(ctx: Ctx, { by, login }: RemoveLogin): Promise<void> {
  const { userId } = actingUser(ctx)
  await ctx.write(async (tx) => {
    const user = await tx.users.hold(userId)
    if (!user) return fault('unauthenticated', 'session')
    const isUserName = by === undefined && nameKey(login) === nameKey(user.userName)
    if (isUserName || (by === 'id' && login === String(userId))) {
      return fault('invalid', 'user', undefined, { field: 'login', rule: 'last' })
    }
    const isEmail = by !== 'phone' && user.email !== null && nameKey(user.email) === nameKey(login)
    const isPhone = by !== 'email' && user.phone !== null && user.phone === login
    if (!isEmail && !isPhone) return fault('not-found', 'user')
    await tx.users.update(userId, isEmail ? { email: null } : { phone: null })
    const data = { what: isEmail ? 'email' : 'phone' }
    await recordEvents(ctx, tx, [{ type: 'user.changed', subjectId: userId, data }])
  })
}
