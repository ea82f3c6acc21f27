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
}

export type EventStore = {
  append(
    events: readonly NewEvent[],
    by: { at: number; actorId: number | null; address: string; userAgent: string },
  ): Promise<void>
  findMany(ids: readonly number[]): Promise<Event[]>
  count(filter: EventFilter): Promise<number>
  page(
    filter: EventFilter,
    page: { offset: number; limit: number; descending: boolean },
  ): Promise<Event[]>
}
