import { auditing } from '../audit/auditing.ts'
import type { Ctx } from '../ctx.ts'
import type { EventType } from '../event.ts'
import type { Page, PageRequest } from '../nodes/node.ts'
import { checkedPage } from '../pages/checked-page.ts'
import type { EventFilter } from './event-store.ts'
import { type Activity, activitiesOf } from './room-activities.ts'

export type EventLog = {
  readonly from?: number
  readonly to?: number
  readonly types?: readonly EventType[]
  readonly userId?: number
  /** Part of the program's name. */
  readonly agentContains?: string
  /** A limit above `limits.pageItems` means that one. */
  readonly page: PageRequest
  /** Default: the newest first. */
  readonly descending?: boolean
}

/** What happened in the tenant, whoever may see it otherwise. Needs ROLE_AUDIT (see `auditing`). */
export async function eventLog(ctx: Ctx, input: EventLog): Promise<Page<Activity>> {
  await auditing(ctx)
  const page = checkedPage(ctx, input.page)
  const { from, to, types, userId: actorId, agentContains, descending = true } = input
  const filter: EventFilter = { from, to, types, actorId, agentContains }
  return ctx.read((tx) => activitiesOf(tx, filter, { ...page, descending }))
}
