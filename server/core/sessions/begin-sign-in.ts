import { redeemCode } from '../codes/redeem-code.ts'
import { type SentCode, sendCode } from '../codes/send-code.ts'
import type { Ctx } from '../ctx.ts'
import { Fault } from '../fault.ts'
import { type OwnProfile, profileOf } from '../profiles/own-profile.ts'
import type { Tx } from '../store.ts'
import { comeBack } from '../users/leave.ts'
import { hasSecondStep } from '../users/second-step.ts'
import type { User } from '../users/user.ts'
import { type NewSignIn, tellStart } from './sign-in.ts'
import { startSession } from './start-session.ts'
import { type Credentials, closedAccount, withAccount } from './with-account.ts'

export type BeginSignIn = Credentials & { readonly comeBack?: string }

/** A right password; a code that was sent must follow. */
export type SecondStep = { readonly sent: SentCode }

/** A web session, and what a client wants to know of its user at once. */
export type WebSession = NewSignIn & { readonly own: OwnProfile }

/**
 * Signs a user in to a web session, or sends a code where his account asks for a second step.
 * An account that its user left comes back first, by the secret that was mailed to him. Faults:
 * those of `withAccount`, `sendCode` and `comeBack`.
 */
export async function beginSignIn(
  ctx: Ctx,
  { comeBack: back, ...credentials }: BeginSignIn,
): Promise<WebSession | SecondStep> {
  if (back !== undefined) await comeBack(ctx, { secret: back })
  const outcome = await withAccount<WebSession | SecondStep | Fault>(
    ctx,
    { ...credentials, secondStep: 'follows' },
    async (tx, user) => {
      if (!hasSecondStep(user)) {
        return webSession(ctx, tx, user)
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
): Promise<WebSession> {
  return redeemCode(ctx, { purposes: ['sign-in'], ...proof }, async (tx, code) => {
    const user = code.userId === null ? undefined : await tx.users.find(code.userId)
    if (!user) return new Fault('wrong-credentials', 'code')
    const closed = closedAccount(ctx, user)
    if (closed) return closed
    return webSession(ctx, tx, user)
  })
}

async function webSession(ctx: Ctx, tx: Tx, user: User): Promise<WebSession> {
  const session = await startSession(ctx, tx, { kind: 'cookie', userId: user.id })
  await tellStart(ctx, tx, session, user)
  return { ...session, user, own: await profileOf(tx, user.id) }
}
