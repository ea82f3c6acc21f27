import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { has, ROLE_CONFIG } from '../permissions/permission.ts'
import type { Settings } from './settings.ts'

/**
 * Changes settings of the tenant. Needs ROLE_CONFIG ('forbidden' 'tenant'), but for the system.
 * Other processes follow as soon as they look the tenant up again, within seconds.
 */
export async function changeSettings(ctx: Ctx, change: Partial<Settings>): Promise<Settings> {
  const isSystem = ctx.actor.kind === 'system'
  if (!isSystem && !has(actingUser(ctx).roles, ROLE_CONFIG)) fault('forbidden', 'tenant')
  return ctx.write(async (tx) => {
    const settings = await tx.settings.change(change)
    await recordEvents(ctx, tx, [{ type: 'settings.changed', data: { ...change } }])
    return settings
  })
}
