import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'

/** The device of this session has wiped itself as it was told; its session ends. */
export async function reportWiped(ctx: Ctx): Promise<void> {
  const { userId, sessionId } = actingUser(ctx)
  await ctx.write(async (tx) => {
    const session = await tx.sessions.hold(sessionId)
    if (!session || session.wipeAt === null) return fault('not-found', 'session')
    await tx.sessions.removeFamily(session.familyId)
    const data = { session: sessionId }
    await recordEvents(ctx, tx, [{ type: 'session.wiped', subjectId: userId, data }])
  })
}
