import { actingUser } from '../acting-user.ts'
import { issueCode } from '../codes/issue-code.ts'
import { redeemCode } from '../codes/redeem-code.ts'
import type { Ctx } from '../ctx.ts'
import { Fault, fault } from '../fault.ts'
import { has, ROLE_SEES_NONMEMBERS, ROLE_USER, ROLE_USERS } from '../permissions/permission.ts'
import { type NewSignIn, type SignIn, startFor } from './sign-in.ts'
import { closedAccount } from './with-account.ts'

/** How long a key may be used in place of a password, once. */
const keySeconds = 15 * 60

/**
 * A key with which somebody signs in once as another user: for the own account, or with ROLE_USERS
 * for any that holds no role which the actor lacks. Faults 'forbidden' 'user', 'not-found' 'user'.
 */
export async function makeLoginKey(
  ctx: Ctx,
  { userId }: { readonly userId: number },
): Promise<{ readonly userId: number; readonly key: string }> {
  const { userId: ownId, roles } = actingUser(ctx)
  if (userId !== ownId && !has(roles, ROLE_USERS)) fault('forbidden', 'user')
  return ctx.write(async (tx) => {
    const user = Number.isSafeInteger(userId) ? await tx.users.find(userId) : undefined
    if (!user) return fault('not-found', 'user')
    const free = ROLE_USER | ROLE_SEES_NONMEMBERS
    if ((user.roles & ~(roles | free)) !== 0) fault('forbidden', 'user')
    const input = { purpose: 'sign-in-key', userId, seconds: keySeconds } as const
    const { secret } = await issueCode(ctx, tx, input)
    return { userId, key: secret }
  })
}

/**
 * Signs a user in with a key in place of login and password. Faults 'wrong-credentials' 'code' for
 * a key that is unknown or used, 'expired' 'code' past its end; 'disabled' and 'expired' 'user',
 * 'disabled' 'tenant'.
 */
export async function signInByKey(
  ctx: Ctx,
  { key, ...session }: { readonly key: string } & Pick<SignIn, 'kind' | 'permanent' | 'device'>,
): Promise<NewSignIn> {
  const proof = { purposes: ['sign-in-key'] as const, secret: key }
  return redeemCode<NewSignIn>(ctx, proof, async (tx, code) => {
    const user = code.userId === null ? undefined : await tx.users.hold(code.userId)
    if (!user) return new Fault('wrong-credentials', 'code')
    const closed = closedAccount(ctx, user)
    if (closed) return closed
    await tx.users.update(user.id, { lastLoginAt: ctx.now })
    const login = { login: user.userName, password: '', client: undefined }
    return startFor(ctx, tx, user, { ...login, ...session })
  })
}
