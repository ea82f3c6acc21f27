import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { Fault, fault } from '../fault.ts'
import { countersFor, guarded } from '../sessions/guarded.ts'
import { checkable } from '../sessions/with-account.ts'
import type { Tx } from '../store.ts'
import { checkNewPassword, passwordForm } from './password-policy.ts'

export type ChangePassword = { readonly oldPassword: string; readonly newPassword: string }

/**
 * Changes the own password and ends all other sessions of the account; this one goes on. Wrong old
 * passwords count like failed sign-ins. Faults: 'wrong-credentials' and 'locked' 'user'; 'invalid'
 * 'user' with data.field 'password' and data.rule ('unchanged', and those of the policy).
 */
export async function changePassword(ctx: Ctx, input: ChangePassword): Promise<void> {
  const { userId } = actingUser(ctx)
  const { user, hash } = await ctx.read(async (tx) => ({
    user: await tx.users.find(userId),
    hash: await tx.users.passwordHash(userId),
  }))
  if (!user) return fault('unauthenticated', 'session')
  checkNewPassword(input.newPassword, user.userName)
  const newHash = await ctx.secrets.hashPassword(passwordForm(input.newPassword))
  await guarded<undefined>(ctx, {
    subject: 'user',
    counters: countersFor(ctx, `login:${userId}`, 'net'),
    check: () => ctx.secrets.checkPassword(checkable(input.oldPassword), hash),
    right: async (tx) => {
      if (input.newPassword === input.oldPassword) return unchanged()
      if ((await tx.users.passwordHash(userId)) !== hash) {
        return new Fault('wrong-credentials', 'user')
      }
      // Written first: who signs in with the old password at this moment waits here or is ended.
      await tx.users.setPasswordHash(userId, newHash)
      await tx.users.update(userId, { mustChangePassword: false })
      await endOthers(ctx, tx, userId)
      await tx.codes.removeOf(userId, 'reset-password')
      await recordEvents(ctx, tx, [
        { type: 'user.changed', subjectId: userId, data: { what: 'password' } },
      ])
      return undefined
    },
  })
}

function unchanged(): Fault {
  return new Fault('invalid', 'user', undefined, { field: 'password', rule: 'unchanged' })
}

async function endOthers(ctx: Ctx, tx: Tx, userId: number): Promise<void> {
  const { sessionId } = actingUser(ctx)
  const own = await tx.sessions.find(sessionId)
  await tx.sessions.removeOfUser(userId, own?.familyId)
}
