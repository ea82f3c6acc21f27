import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { ROLE_AUDIT } from '../permissions/permission.ts'

/** Asks for ROLE_AUDIT: 'forbidden' 'tenant' without it. Auditors see what no grant shows them. */
export async function auditing(ctx: Ctx): Promise<void> {
  if ((actingUser(ctx).roles & ROLE_AUDIT) === 0) fault('forbidden', 'tenant')
}
