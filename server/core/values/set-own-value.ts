import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { checkKey, checkValue, putValue } from './value-fields.ts'

export type SetValue = { readonly key: string; readonly value: string }

/**
 * Keeps a text under a key for who is signed in; answers whether the key is new. Programs keep
 * their own state here, so no event is written. Faults 'invalid', 'too-large', 'too-many' 'value'.
 */
export async function setOwnValue(ctx: Ctx, input: SetValue): Promise<{ isNew: boolean }> {
  const { userId } = actingUser(ctx)
  checkKey(input.key)
  checkValue(ctx, input.value)
  const before = await ctx.write((tx) => putValue(ctx, tx, { userId }, input))
  return { isNew: before === undefined }
}
