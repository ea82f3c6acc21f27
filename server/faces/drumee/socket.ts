import { type Actor, type App, contextFor } from '../../core/ctx.ts'
import type { ToldEvent } from '../../core/events/told-event.ts'
import { fault } from '../../core/fault.ts'
import { openPushTicket } from '../../core/sessions/push-ticket.ts'
import type { Tenant } from '../../core/tenants/tenant.ts'
import type { FaceRequest } from '../operation.ts'
import { isSameOrigin, type SocketLine, type SocketRow, type SocketSession } from '../sockets.ts'
import { actorOf } from './auth.ts'
import { nobodyId, nodeCode, userCode } from './ids.ts'

/** Who may open it, as for a service that wants a session. */
const rights = { id: 'websocket', auth: 'session', handle: unreached }

/**
 * `/-/websocket/`: a greeting, then what happens where the caller may read (dossier 12). Who it is
 * says `otak`, the ticket of `bootstrap.authn`, which may stand for nobody; without one it is the
 * session, which may come by cookie, so that pages of other origins are refused. What clients send
 * is a list of a service and its data; `sys.ping` is answered, nothing else is done.
 */
export const pushSocket: SocketRow = {
  path: '/-/websocket',
  protocol: 'service',
  async admit(app, tenant, request, feed) {
    const who = callerOf(app, tenant, request)
    const userId = userOf(await who())
    const start = async (line: SocketLine): Promise<SocketSession> => {
      const listen = (events: readonly ToldEvent[]) => {
        for (const told of events) send(line, 'live.update', presentPush(told))
      }
      const ignore = userId === null ? () => undefined : await feed.listen(tenant, userId, listen)
      const socketId = request.headers['sec-websocket-key'] ?? request.id
      const user = { id: userId === null ? nobodyId : userCode(userId) }
      const greeting = { hash: request.id, socket_id: socketId, main_domain: request.host, user }
      send(line, 'sys.hello', greeting)
      return {
        receive: (text) => {
          if (serviceIn(text) === 'sys.ping') send(line, 'sys.keepalive', {})
        },
        isAllowed: async () => userOf(await who()) === userId,
        end: ignore,
      }
    }
    return { holder: userId === null ? `address ${request.address}` : `user ${userId}`, start }
  },
}

/** Asks who it is; again later, when the ticket is past its end but its session may have ended. */
function callerOf(app: App, tenant: Tenant, request: FaceRequest): () => Promise<Actor> {
  const ticket = request.query.get('otak')
  if (ticket) {
    const ctx = contextFor(app, tenant, { kind: 'anonymous' }, request.id)
    return async () => (await openPushTicket(ctx, ticket)) ?? fault('unauthenticated', 'session')
  }
  if (!isSameOrigin(request)) return fault('forbidden', 'session')
  return () => actorOf(app, tenant, rights, request)
}

async function unreached(): Promise<never> {
  throw new Error('a web socket has no answer of its own')
}

function userOf(actor: Actor): number | null {
  return actor.kind === 'user' ? actor.userId : null
}

function send(line: SocketLine, service: string, data: object): void {
  line.send(JSON.stringify({ service, data }))
}

function presentPush({ event, actor }: ToldEvent): object {
  return {
    event: event.type,
    nid: event.nodeId === undefined ? null : nodeCode(event.nodeId),
    hub_id: event.roomId === undefined ? null : nodeCode(event.roomId),
    filename: event.nodeName ?? null,
    timestamp: event.at,
    author_id: typeof actor?.id === 'number' ? userCode(actor.id) : null,
  }
}

/** The first of a list; undefined for whatever is none. */
function serviceIn(text: string): unknown {
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? list[0] : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
