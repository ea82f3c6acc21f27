import { actorId } from '../actor-id.ts'
import type { Ctx } from '../ctx.ts'
import type { NewEvent } from '../event.ts'
import type { Tx } from '../store.ts'

/** Writes events of this use case in its transaction, with its time, actor and client. */
export async function recordEvents(ctx: Ctx, tx: Tx, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return
  await tx.events.append(events, {
    at: ctx.now,
    actorId: actorId(ctx.actor),
    address: ctx.client.address,
    userAgent: ctx.client.userAgent,
  })
}
