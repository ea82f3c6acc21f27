import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { has, ROLE_CONFIG } from '../permissions/permission.ts'
import { greatestSettings, type Settings } from './settings.ts'

/**
 * Changes settings of the tenant. Needs ROLE_CONFIG ('forbidden' 'tenant'), but for the system.
 * Other processes follow as soon as they look the tenant up again, within seconds.
 */
export async function changeSettings(ctx: Ctx, change: Partial<Settings>): Promise<Settings> {
  requireConfig(ctx)
  for (const [field, value] of Object.entries(change)) {
    if (typeof value !== 'number') continue
    const greatest = greatestSettings[field as keyof Settings] ?? 0
    if (Number.isInteger(value) && value >= 0 && value <= greatest) continue
    fault('invalid', 'tenant', undefined, { field, rule: 'range' })
  }
  return ctx.write(async (tx) => {
    const settings = await tx.settings.change(change)
    await recordEvents(ctx, tx, [{ type: 'settings.changed', data: { ...change } }])
    return settings
  })
}

/** The settings of the tenant, for those who may change them. */
export async function managedSettings(ctx: Ctx): Promise<Settings> {
  requireConfig(ctx)
  return ctx.tenant.settings
}

function requireConfig(ctx: Ctx): void {
  if (ctx.actor.kind === 'system') return
  if (!has(actingUser(ctx).roles, ROLE_CONFIG)) fault('forbidden', 'tenant')
}
