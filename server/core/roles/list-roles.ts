import type { Ctx } from '../ctx.ts'
import type { Roles } from '../permissions/permission.ts'
import { permitRight } from '../permissions/rights.ts'
import { allRoles } from './roles.ts'

/** All roles, a bit each. Needs the right to read users; else 'forbidden' 'role'. */
export async function listRoles(ctx: Ctx): Promise<readonly Roles[]> {
  permitRight(ctx, 'read users', 'role')
  return allRoles
}
