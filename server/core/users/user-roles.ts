import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Roles } from '../permissions/permission.ts'
import { permitRight } from '../permissions/rights.ts'

/** The roles that a user was given himself. Needs the right to read users. */
export async function userRoles(ctx: Ctx, input: { readonly id: number }): Promise<Roles> {
  permitRight(ctx, 'read users', 'user')
  const user = await ctx.read((tx) => tx.users.find(input.id))
  return user ? user.roles : fault('not-found', 'user', undefined, { user: input.id })
}
