import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { checkKey } from './value-fields.ts'

/** What the tenant keeps under a key, for everybody with an account. 'not-found' 'value'. */
export async function tenantValue(ctx: Ctx, { key }: { readonly key: string }): Promise<string> {
  actingUser(ctx)
  checkKey(key)
  return (await ctx.read((tx) => tx.values.find('tenant', key))) ?? fault('not-found', 'value')
}
