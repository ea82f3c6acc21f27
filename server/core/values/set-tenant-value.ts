import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { has, ROLE_CONFIG } from '../permissions/permission.ts'
import type { SetValue } from './set-own-value.ts'
import { checkKey, checkValue, putValue } from './value-fields.ts'

/**
 * Keeps a text under a key of the tenant; answers whether it differs from what was there. Needs
 * ROLE_CONFIG ('forbidden' 'value'). Faults 'invalid', 'too-large', 'too-many' 'value'.
 */
export async function setTenantValue(ctx: Ctx, input: SetValue): Promise<{ changed: boolean }> {
  const { roles } = actingUser(ctx)
  if (!has(roles, ROLE_CONFIG)) fault('forbidden', 'value')
  checkKey(input.key)
  checkValue(ctx, input.value)
  return ctx.write(async (tx) => {
    const before = await putValue(ctx, tx, 'tenant', input)
    const changed = before !== input.value
    if (changed) {
      await recordEvents(ctx, tx, [{ type: 'value.changed', data: { key: input.key } }])
    }
    return { changed }
  })
}
