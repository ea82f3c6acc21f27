import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'

/** Under this key the tenant keeps the text of its terms of use, as a JSON text. */
export const termsKey = 'offer'

/** The terms of use of the tenant; empty where it has none. */
export async function termsOfUse(ctx: Ctx): Promise<string> {
  actingUser(ctx)
  const kept = await ctx.read((tx) => tx.values.find('tenant', termsKey))
  const value: unknown = kept === undefined ? '' : JSON.parse(kept)
  return typeof value === 'string' ? value : ''
}
