import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { type DeviceRef, governedDevice } from './devices.ts'

/**
 * Takes back the order to wipe a device, while it is not carried out: by its user or who has
 * ROLE_USERS. 'not-found' 'session' where there is no such device or no order.
 */
export async function cancelWipe(ctx: Ctx, input: DeviceRef): Promise<void> {
  await ctx.write(async (tx) => {
    const { id, userId, wipeAt } = await governedDevice(ctx, tx, input)
    if (wipeAt === null) return fault('not-found', 'session')
    await tx.sessions.setWipe(id, null)
    const data = { session: id }
    await recordEvents(ctx, tx, [{ type: 'session.wipe-cancelled', subjectId: userId, data }])
  })
}
