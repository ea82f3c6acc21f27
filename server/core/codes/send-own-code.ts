import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { Fault } from '../fault.ts'
import type { CodePurpose } from './code.ts'
import { type SentCode, sendCode } from './send-code.ts'

/**
 * Sends who is signed in a code to type, as proof that he is at his mail (`confirm`) or wants to
 * leave (`leave-code`). Faults as `sendCode`.
 */
export async function sendOwnCode(
  ctx: Ctx,
  { purpose }: { readonly purpose: Extract<CodePurpose, 'confirm' | 'leave-code'> },
): Promise<SentCode> {
  const { userId } = actingUser(ctx)
  const outcome = await ctx.write(async (tx) => {
    const user = await tx.users.find(userId)
    return user ? sendCode(ctx, tx, user, purpose) : new Fault('unauthenticated', 'session')
  })
  if (outcome instanceof Fault) throw outcome
  return outcome
}
