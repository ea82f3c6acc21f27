import type { Ctx } from '../ctx.ts'
import { permitRight } from '../permissions/rights.ts'
import type { Settings } from './settings.ts'

/** The settings of the tenant. Needs the right to read its configuration; else 'forbidden'. */
export async function readSettings(ctx: Ctx): Promise<Settings> {
  permitRight(ctx, 'read config', 'tenant')
  return ctx.tenant.settings
}
