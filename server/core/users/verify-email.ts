import { redeemCode } from '../codes/redeem-code.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'

export type VerifyEmail = {
  readonly secret: string
  readonly userId?: number
  /** Whether the address is the one that is meant; faces name it in ways of their own. */
  isMeant(email: string): boolean
}

/**
 * Notes that an address is read by its user, by the secret that was mailed there. Faults as
 * `redeemCode`; 'wrong-credentials' 'code' too when the account has another address by now or
 * another one is meant, which leaves the secret good.
 */
export async function verifyEmail(ctx: Ctx, input: VerifyEmail): Promise<void> {
  const { secret, userId } = input
  const proof = { purposes: ['verify-email'] as const, secret, userId }
  await redeemCode<undefined>(ctx, proof, async (tx, code) => {
    const user = code.userId === null ? undefined : await tx.users.hold(code.userId)
    const email = user?.email ?? null
    if (!user || email === null || email !== code.data.email || !input.isMeant(email)) {
      return fault('wrong-credentials', 'code')
    }
    await tx.users.update(user.id, { profile: { ...user.profile, verifiedEmail: email } })
    const data = { what: 'verified-email' }
    await recordEvents(ctx, tx, [{ type: 'user.changed', subjectId: user.id, data }])
    return undefined
  })
}
