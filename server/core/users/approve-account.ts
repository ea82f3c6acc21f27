import type { Code } from '../codes/code.ts'
import { countMessage } from '../codes/issue-code.ts'
import { checkCode, redeemCode } from '../codes/redeem-code.ts'
import type { Ctx } from '../ctx.ts'
import { Fault, fault } from '../fault.ts'
import { type NewSignIn, startFor } from '../sessions/sign-in.ts'
import { closedAccount } from '../sessions/with-account.ts'
import type { Tx } from '../store.ts'
import { isPending, withPending } from './pending.ts'
import { approved, mailApproval } from './register-account.ts'
import type { User } from './user.ts'
import type { LoginKind } from './user-store.ts'

/** Completes a registration by the mailed secret. Faults as `redeemCode`; 'disabled' 'user'. */
export async function completeRegistration(
  ctx: Ctx,
  { secret }: { readonly secret: string },
): Promise<User> {
  return redeemCode<User>(ctx, { purposes: ['approve'], secret }, (tx, code) =>
    complete(ctx, tx, code),
  )
}

/**
 * The same, and signs its user in with a header token. Faults as `completeRegistration`; 'disabled'
 * 'tenant'.
 */
export async function approveAccount(
  ctx: Ctx,
  { secret }: { readonly secret: string },
): Promise<NewSignIn> {
  return redeemCode<NewSignIn>(ctx, { purposes: ['approve'], secret }, async (tx, code) => {
    const user = await complete(ctx, tx, code)
    if (user instanceof Fault) return user
    const login = { login: user.userName, password: '', kind: 'token' } as const
    return startFor(ctx, tx, user, { ...login, client: undefined })
  })
}

async function complete(ctx: Ctx, tx: Tx, code: Code): Promise<User | Fault> {
  const user = code.userId === null ? undefined : await tx.users.hold(code.userId)
  if (!user || !isPending(user)) return new Fault('wrong-credentials', 'code')
  const profile = { ...withPending(user.profile, false), verifiedEmail: user.email }
  await tx.users.update(user.id, { profile })
  const current = await approved(ctx, tx, user.id)
  return closedAccount(ctx, current) ?? current
}

/**
 * Mails the link again. 'forbidden' 'user' where no account of this login waits for it, whether
 * there is one or not; 'locked' 'code' after too many mails.
 */
export async function resendApproval(
  ctx: Ctx,
  input: { readonly login: string; readonly by?: LoginKind; readonly link: string },
): Promise<void> {
  const outcome = await ctx.write(async (tx) => {
    const user = await tx.users.findByLogin(input.login, input.by)
    if (!user || !isPending(user) || user.isLocked) return fault('forbidden', 'user')
    const tooMany = await countMessage(ctx, tx, user.id, 'approve')
    if (tooMany) return tooMany
    await mailApproval(ctx, tx, user, input.link)
    return undefined
  })
  if (outcome) throw outcome
}

/** For whom an invitation was mailed. Faults as `redeemCode`. */
export async function invitedAccount(
  ctx: Ctx,
  { secret }: { readonly secret: string },
): Promise<User> {
  const code = await checkCode(ctx, { purposes: ['register'], secret })
  const { userId } = code
  const user = userId === null ? undefined : await ctx.read((tx) => tx.users.find(userId))
  return user && isPending(user) ? user : fault('wrong-credentials', 'code')
}
