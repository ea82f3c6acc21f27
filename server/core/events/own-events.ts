import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import type { EventType } from '../event.ts'
import type { PageRequest } from '../nodes/node.ts'
import { checkedPage } from '../pages/checked-page.ts'
import { type ToldEvent, tellTo } from './told-event.ts'

export type OwnEvents = {
  readonly types: readonly EventType[]
  /** Only what the actor did himself, or what others did. */
  readonly by?: 'me' | 'others'
  readonly from?: number
  readonly to?: number
  /** A limit above `limits.pageItems` means that one. */
  readonly page: PageRequest
  /** Default: the newest first. */
  readonly oldestFirst?: boolean
}

/**
 * What happened where the actor may read now, and what is about him: of the newest events of the
 * tenant only (`feedWindow`), so that nobody's look back grows without end.
 */
export async function ownEvents(ctx: Ctx, input: OwnEvents): Promise<ToldEvent[]> {
  const { userId } = actingUser(ctx)
  const page = checkedPage(ctx, input.page)
  const { types, by, from, to, oldestFirst = false } = input
  return ctx.read(async (tx) => {
    const events = await tx.events.page(
      {
        types,
        from,
        to,
        toldTo: { userId, now: ctx.now },
        ...(by === 'me' ? { actorId: userId } : {}),
        ...(by === 'others' ? { notActorId: userId } : {}),
      },
      { ...page, descending: !oldestFirst },
    )
    return (await tellTo(ctx, tx, events, new Set([userId]))).get(userId) ?? []
  })
}
