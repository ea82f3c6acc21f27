import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { permitRight } from '../permissions/rights.ts'

/**
 * A code with which a user gets in who lost his second factor. Needs the right to change users.
 * Faults: 'forbidden' and 'not-found' 'user'; 'invalid' 'user' with data.rule 'no-factor' as long
 * as the user has none, which is always: accounts have no second factor of their own.
 */
export async function emergencyCode(ctx: Ctx, input: { readonly id: number }): Promise<string> {
  permitRight(ctx, 'change users', 'user')
  const user = await ctx.read((tx) => tx.users.find(input.id))
  if (!user) return fault('not-found', 'user', undefined, { user: input.id })
  return fault('invalid', 'user', undefined, { field: 'factor', rule: 'no-factor' })
}
