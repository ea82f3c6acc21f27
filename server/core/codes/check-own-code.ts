import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import type { CodePurpose } from './code.ts'
import { checkCode } from './redeem-code.ts'

/**
 * Whether digits are those that were sent last to who is signed in for one purpose; they stay good.
 * Faults as `redeemCode`.
 */
export async function checkOwnCode(
  ctx: Ctx,
  { purpose, short }: { readonly purpose: CodePurpose; readonly short: string },
): Promise<void> {
  const { userId } = actingUser(ctx)
  await checkCode(ctx, { purposes: [purpose], userId, short })
}
