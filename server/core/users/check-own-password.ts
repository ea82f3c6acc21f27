import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { countersFor, guarded } from '../sessions/guarded.ts'
import { checkable } from '../sessions/with-account.ts'
import type { User } from './user.ts'

/**
 * Whether a password is the own one. Wrong ones count like failed sign-ins. Faults:
 * 'wrong-credentials' and 'locked' 'user'.
 */
export async function checkOwnPassword(
  ctx: Ctx,
  { password }: { readonly password: string },
): Promise<User> {
  const { userId } = actingUser(ctx)
  const { user, hash } = await ctx.read(async (tx) => ({
    user: await tx.users.find(userId),
    hash: await tx.users.passwordHash(userId),
  }))
  if (!user) return fault('unauthenticated', 'session')
  return guarded<User>(ctx, {
    subject: 'user',
    counters: countersFor(ctx, `login:${userId}`, 'net'),
    check: () => ctx.secrets.checkPassword(checkable(password), hash),
    right: async () => user,
  })
}
