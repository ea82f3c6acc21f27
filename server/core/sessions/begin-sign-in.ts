import { redeemCode } from '../codes/redeem-code.ts'
import { type SentCode, sendCode } from '../codes/send-code.ts'
import type { Ctx } from '../ctx.ts'
import { Fault } from '../fault.ts'
import { hasSecondStep } from '../users/second-step.ts'
import { type NewSignIn, startFor } from './sign-in.ts'
import { type Credentials, closedAccount, withAccount } from './with-account.ts'

/** A right password; a code that was sent must follow. */
export type SecondStep = { readonly sent: SentCode }

/**
 * Signs a user in to a web session, or sends a code where his account asks for a second step.
 * Faults: those of `withAccount` and `sendCode`.
 */
export async function beginSignIn(
  ctx: Ctx,
  credentials: Credentials,
): Promise<NewSignIn | SecondStep> {
  const outcome = await withAccount<NewSignIn | SecondStep | Fault>(
    ctx,
    { ...credentials, secondStep: 'follows' },
    async (tx, user) => {
      if (!hasSecondStep(user)) {
        return startFor(ctx, tx, user, { ...credentials, kind: 'cookie', client: undefined })
      }
      const sent = await sendCode(ctx, tx, user, 'sign-in')
      return sent instanceof Fault ? sent : { sent }
    },
  )
  if (outcome instanceof Fault) throw outcome
  return outcome
}

/**
 * The second step: a code that `beginSignIn` sent. Faults: those of `redeemCode`; 'disabled' and
 * 'expired' 'user', 'disabled' 'tenant'.
 */
export async function finishSignIn(
  ctx: Ctx,
  proof: { readonly secret: string; readonly short: string },
): Promise<NewSignIn> {
  return redeemCode(ctx, { purposes: ['sign-in'], ...proof }, async (tx, code) => {
    const user = code.userId === null ? undefined : await tx.users.find(code.userId)
    if (!user) return new Fault('wrong-credentials', 'code')
    const closed = closedAccount(ctx, user)
    if (closed) return closed
    const login = { login: user.userName, password: '', kind: 'cookie', client: undefined } as const
    return startFor(ctx, tx, user, login)
  })
}
