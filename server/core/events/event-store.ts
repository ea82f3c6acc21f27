import type { Event, EventType, NewEvent } from '../event.ts'

export type EventFilter = {
  readonly roomId?: number
  readonly types?: readonly EventType[]
  readonly actorId?: number
  readonly subjectId?: number
  readonly from?: number
  readonly to?: number
  /** Part of the program's name, as it is written. */
  readonly agentContains?: string
  /** Only what came after this event id (cursors). */
  readonly afterId?: number
  readonly notActorId?: number
  /**
   * Only what this user is told: what happened in rooms that he may read now, what is about him,
   * and what took a right from him; of the newest `feedWindow` events of the tenant.
   */
  readonly toldTo?: { readonly userId: number; readonly now: number }
}

/** How many of the tenant's newest events one user's look back goes through at most. */
export const feedWindow = 100_000

/** How many recipients an event has at most; more are not told. */
export const mostRecipients = 10_000

export type EventStore = {
  append(
    events: readonly NewEvent[],
    by: { at: number; actorId: number | null; address: string; userAgent: string },
  ): Promise<void>
  findMany(ids: readonly number[]): Promise<Event[]>
  /** Those of these events that have recipients, with those among these users. */
  recipientsOf(
    eventIds: readonly number[],
    userIds: readonly number[],
  ): Promise<Map<number, readonly number[]>>
  count(filter: EventFilter): Promise<number>
  page(
    filter: EventFilter,
    page: { offset: number; limit: number; descending: boolean },
  ): Promise<Event[]>
}
