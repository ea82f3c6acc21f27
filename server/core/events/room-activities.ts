import type { Ctx } from '../ctx.ts'
import type { Event, EventType } from '../event.ts'
import { fault } from '../fault.ts'
import type { NodeRef, Page, PageRequest } from '../nodes/node.ts'
import { checkedPage } from '../pages/checked-page.ts'
import { has, MANAGE, READ } from '../permissions/permission.ts'
import { permit, visible } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { personOf } from '../users/person.ts'
import type { Person } from '../users/user.ts'
import type { EventFilter } from './event-store.ts'

export type RoomActivities = {
  readonly room: NodeRef
  readonly from?: number
  readonly to?: number
  readonly types?: readonly EventType[]
  readonly userId?: number
  /** A limit above `limits.pageItems` means that one. */
  readonly page: PageRequest
  /** Default: the newest first. */
  readonly descending?: boolean
}

export type Activity = Event & { readonly actor: Person }

/**
 * What happened in a room. Needs READ there; from where and with which program somebody acted is
 * told to those with MANAGE. Faults: 'not-found' and 'forbidden' 'node' 'room', 'wrong-kind' for
 * anything but a room; 'forbidden' with data.rule 'no-activities' where the room shows none.
 */
export async function roomActivities(ctx: Ctx, input: RoomActivities): Promise<Page<Activity>> {
  const page = checkedPage(ctx, input.page)
  return ctx.read(async (tx) => {
    const { node, permissions } = await visible(ctx, tx, input.room, 'room')
    if (node.kind !== 'room') fault('wrong-kind', 'node', 'room')
    permit(permissions, READ, 'room')
    if (!node.room?.hasActivities) fault('forbidden', 'node', 'room', { rule: 'no-activities' })
    const filter: EventFilter = {
      roomId: node.id,
      from: input.from,
      to: input.to,
      types: input.types,
      actorId: input.userId,
    }
    const descending = input.descending ?? true
    const found = await activitiesOf(tx, filter, { ...page, descending })
    if (has(permissions, MANAGE)) return found
    return { ...found, items: found.items.map((one) => ({ ...one, address: '', userAgent: '' })) }
  })
}

/** A page of events with the people who acted. Three statements, whatever is in it. */
export async function activitiesOf(
  tx: Tx,
  filter: EventFilter,
  { offset, limit, descending }: PageRequest & { readonly descending: boolean },
): Promise<Page<Activity>> {
  const total = await tx.events.count(filter)
  const events = offset < total ? await tx.events.page(filter, { offset, limit, descending }) : []
  const ids = new Set(events.flatMap(({ actorId }) => (actorId === null ? [] : [actorId])))
  const people = await tx.users.people([...ids])
  const items = events.map((event) => ({ ...event, actor: personOf(people, event.actorId) }))
  return { offset, limit, items, total }
}
