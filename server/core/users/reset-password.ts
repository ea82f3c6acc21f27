import { nameKey } from '../../lib/names/name-key.ts'
import type { Code } from '../codes/code.ts'
import { checkCode, redeemCode } from '../codes/redeem-code.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { Fault } from '../fault.ts'
import { tellChange } from '../mail/tell-change.ts'
import { closedAccount } from '../sessions/with-account.ts'
import type { Tx } from '../store.ts'
import { checkNewPassword, passwordForm } from './password-policy.ts'
import type { User } from './user.ts'

/** The secret of a mailed link, and what else whoever follows it may have to say rightly. */
export type ResetProof = {
  readonly secret: string
  readonly userId?: number
  /** The address that the link was mailed to. */
  readonly email?: string
}

/**
 * Whose password a mailed link would set. Faults: 'wrong-credentials' 'code' for one that is
 * unknown, used, of a password or an address that changed since; 'expired' 'code'; 'disabled' and
 * 'expired' 'user'.
 */
export async function checkReset(ctx: Ctx, proof: ResetProof): Promise<User> {
  const { secret, userId } = proof
  const code = await checkCode(ctx, { purposes: ['reset-password'], secret, userId })
  const user = await ctx.read((tx) => userOf(ctx, tx, code, proof))
  if (user instanceof Fault) throw user
  return user
}

/**
 * Sets a new password with a mailed link and ends every session of the account. Faults as
 * `checkReset`; 'invalid' 'user' with data.field 'password' and data.rule, which leaves the link
 * good.
 */
export async function resetPassword(
  ctx: Ctx,
  input: ResetProof & { readonly password: string },
): Promise<User> {
  const { secret, userId, password } = input
  // Before the slow hash, which nobody gets for nothing.
  const { userName } = await checkReset(ctx, input)
  checkNewPassword(password, userName)
  const hash = await ctx.secrets.hashPassword(passwordForm(password))
  return redeemCode(ctx, { purposes: ['reset-password'], secret, userId }, async (tx, code) => {
    const user = await userOf(ctx, tx, code, input)
    if (user instanceof Fault) return user
    await tx.users.setPasswordHash(user.id, hash)
    await tx.users.update(user.id, { mustChangePassword: false })
    await tx.sessions.removeOfUser(user.id)
    await tx.codes.removeOf(user.id, 'reset-password')
    await tx.throttle.clear(`login:${user.id}`)
    const data = { what: 'password' }
    await recordEvents(ctx, tx, [{ type: 'user.changed', subjectId: user.id, data }])
    await tellChange(ctx, tx, user, 'password')
    return user
  })
}

async function userOf(ctx: Ctx, tx: Tx, code: Code, { email }: ResetProof): Promise<User | Fault> {
  const user = code.userId === null ? undefined : await tx.users.find(code.userId)
  const mailed = code.data.email ?? ''
  const isSame = user?.email === mailed
  const isNamed = email === undefined || nameKey(email) === nameKey(mailed)
  if (!user || !isSame || !isNamed) return new Fault('wrong-credentials', 'code')
  return closedAccount(ctx, user) ?? user
}
