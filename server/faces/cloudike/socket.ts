import { type App, type Ctx, contextFor } from '../../core/ctx.ts'
import type { Feed } from '../../core/events/feed.ts'
import { ownEvents } from '../../core/events/own-events.ts'
import type { ToldEvent } from '../../core/events/told-event.ts'
import { fault } from '../../core/fault.ts'
import { authenticate } from '../../core/sessions/authenticate.ts'
import type { Tenant } from '../../core/tenants/tenant.ts'
import type { FaceRequest } from '../operation.ts'
import type { SocketLine, SocketRow, SocketSession } from '../sockets.ts'
import { presentEvent, shownTypes } from './present-event.ts'

/**
 * `/subscribe/?token=&timestamp=`: every message is an array of events (params, section 5). First
 * an empty one, then what happened since the timestamp, oldest first, then what happens. The token
 * is in the address, since browsers give web sockets no headers; it comes from no cookie, so any
 * page may open it.
 */
export const subscribeSocket: SocketRow = {
  path: '/subscribe',
  async admit(app, tenant, request, feed) {
    const token = request.query.get('token') ?? ''
    const known = () => authenticate(app, tenant, { token, kinds: ['token'] })
    const signedIn = (await known()) ?? fault('unauthenticated', 'session')
    const { actor } = signedIn
    if (actor.kind !== 'user') return fault('unauthenticated', 'session')
    const ctx = () => contextFor(app, tenant, actor, request.id, clientOf(request))
    const since = Number(request.query.get('timestamp') ?? Number.NaN)
    return {
      holder: `user ${actor.userId}`,
      start: (line) =>
        subscribe({ app, tenant, feed, line, ctx, userId: actor.userId, since }, async () => {
          return (await known()) !== undefined
        }),
    }
  },
}

const clientOf = ({ address, userAgent }: FaceRequest) => ({ address, userAgent })

type Subscription = {
  readonly app: App
  readonly tenant: Tenant
  readonly feed: Feed
  readonly line: SocketLine
  readonly userId: number
  /** Milliseconds; NaN: nothing of before. */
  readonly since: number
  ctx(): Ctx
}

/** Listens first and looks back then, so that nothing falls between; what is told twice is cut. */
async function subscribe(
  subscription: Subscription,
  isAllowed: () => Promise<boolean>,
): Promise<SocketSession> {
  const { feed, line, tenant, userId } = subscription
  const send = (events: readonly ToldEvent[]) => {
    const shown = events.filter(({ event }) => shownTypes.includes(event.type))
    if (shown.length > 0) line.send(JSON.stringify(shown.map((one) => presentEvent(one, userId))))
  }
  let held: ToldEvent[] | null = []
  const ignore = await feed.listen(tenant, userId, (events) => {
    if (held) held.push(...events)
    else send(events)
  })
  line.send('[]')
  const backlog = await backlogOf(subscription)
  send(backlog)
  const last = backlog.at(-1)?.event.id ?? 0
  send(held.filter(({ event }) => event.id > last))
  held = null
  return { isAllowed, end: ignore }
}

async function backlogOf({ ctx, since }: Subscription): Promise<ToldEvent[]> {
  if (!Number.isFinite(since)) return []
  const one = ctx()
  const page = { offset: 0, limit: one.limits.pageItems }
  return ownEvents(one, { types: shownTypes, from: since, page, oldestFirst: true })
}
