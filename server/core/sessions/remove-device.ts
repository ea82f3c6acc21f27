import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { has, ROLE_USERS } from '../permissions/permission.ts'
import { type DeviceRef, governedDevice } from './devices.ts'

export type RemoveDevice = DeviceRef & {
  /** The device keeps its session until it has wiped itself; for who has ROLE_USERS. */
  readonly wipe?: boolean
}

/**
 * Ends the session of a device, or orders the device to wipe itself: from then on its session opens
 * nothing but the report that it did. Faults: 'not-found' 'session' for a device that the actor
 * does not govern, 'forbidden' 'user' for an order without ROLE_USERS.
 */
export async function removeDevice(ctx: Ctx, input: RemoveDevice): Promise<void> {
  const { roles } = actingUser(ctx)
  if (input.wipe && !has(roles, ROLE_USERS)) fault('forbidden', 'user')
  await ctx.write(async (tx) => {
    const { id, userId, familyId } = await governedDevice(ctx, tx, input)
    if (input.wipe) await tx.sessions.setWipe(id, ctx.now)
    else await tx.sessions.removeFamily(familyId)
    const type = input.wipe ? 'session.wipe-ordered' : 'session.ended'
    await recordEvents(ctx, tx, [{ type, subjectId: userId, data: { session: id } }])
  })
}
