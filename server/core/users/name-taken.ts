import { checkText } from '../../lib/names/plain-text.ts'
import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'

const maxTerm = 320

/**
 * Which account has a user name or an e-mail address, told to whoever is signed in, since names are
 * unique and somebody has to find a free one; its id and nothing else. Undefined: it is free.
 */
export async function nameTaken(
  ctx: Ctx,
  name: { readonly userName: string } | { readonly email: string },
): Promise<number | undefined> {
  actingUser(ctx)
  const text = 'email' in name ? name.email : name.userName
  if (text === '' || checkText(text, maxTerm) !== undefined) return undefined
  const sort = [{ by: 'userName', descending: false }] as const
  const [user] = await ctx.read((tx) => tx.users.page(name, sort, { offset: 0, limit: 1 }))
  return user?.id
}
