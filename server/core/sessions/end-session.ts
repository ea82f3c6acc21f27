import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'

export type EndSession = {
  /** All sessions of the user. */
  readonly everywhere?: boolean
  /** One of the own sessions; default: the one of this context. */
  readonly id?: number
}

/** Signs out: ends what came out of one sign-in, or everything. 'not-found' 'session' for an id. */
export async function endSession(ctx: Ctx, input: EndSession = {}): Promise<void> {
  const { userId, sessionId } = actingUser(ctx)
  await ctx.write(async (tx) => {
    const id = input.id ?? sessionId
    if (input.everywhere) {
      await tx.sessions.removeOfUser(userId)
    } else {
      const session = await tx.sessions.find(id)
      if (session?.userId !== userId) {
        if (input.id !== undefined) fault('not-found', 'session')
        return
      }
      await tx.sessions.removeFamily(session.familyId)
    }
    const data = { session: id, everywhere: input.everywhere ?? false }
    await recordEvents(ctx, tx, [{ type: 'session.ended', subjectId: userId, data }])
  })
}
