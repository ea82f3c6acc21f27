import { actorId } from '../actor-id.ts'
import type { Ctx } from '../ctx.ts'
import type { EventType, NewEvent } from '../event.ts'
import { fault } from '../fault.ts'
import type { Tx } from '../store.ts'

/** All that visitors of links bring about: what is changed by them is nothing else. */
const byVisitors: ReadonlySet<EventType> = new Set(['file.created', 'link.used'])

/**
 * Writes events of this use case in its transaction, with its time, actor and client. What no link
 * lets its visitors do is 'forbidden' 'node' here at the latest.
 */
export async function recordEvents(ctx: Ctx, tx: Tx, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return
  const isVisitor = ctx.actor.kind === 'visitor'
  if (isVisitor && events.some(({ type }) => !byVisitors.has(type))) fault('forbidden', 'node')
  await tx.events.append(events, {
    at: ctx.now,
    actorId: actorId(ctx.actor),
    address: ctx.client.address,
    userAgent: ctx.client.userAgent,
  })
}
