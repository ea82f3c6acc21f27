import type { Ctx } from '../ctx.ts'
import type { Avatar } from './avatar.ts'

/**
 * The picture of a user under the address that was given out for it, for anybody who knows it;
 * undefined where the user has another one or none.
 */
export async function findAvatar(
  ctx: Ctx,
  { userId, uuid }: { readonly userId: number; readonly uuid: string },
): Promise<Avatar | undefined> {
  const found = await ctx.read((tx) => tx.avatars.find(userId))
  return found?.uuid === uuid ? found : undefined
}
