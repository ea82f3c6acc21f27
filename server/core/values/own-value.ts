import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { checkKey } from './value-fields.ts'

/** What who is signed in keeps under a key; null for nothing. Faults 'invalid' 'value'. */
export async function ownValue(
  ctx: Ctx,
  { key }: { readonly key: string },
): Promise<string | null> {
  const { userId } = actingUser(ctx)
  checkKey(key)
  return (await ctx.read((tx) => tx.values.find({ userId }, key))) ?? null
}
