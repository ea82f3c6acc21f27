import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'

/**
 * A user wants an organisation of his own. Each account belongs for ever to the organisation in
 * which it was made, and an organisation has a host name and an administrator, which only who runs
 * the installation can give: always 'exists' 'tenant'.
 */
export async function foundTenant(ctx: Ctx): Promise<never> {
  actingUser(ctx)
  return fault('exists', 'tenant')
}
