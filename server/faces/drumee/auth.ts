import type { Readable } from 'node:stream'
import type { Actor, App } from '../../core/ctx.ts'
import { authenticateExport } from '../../core/exports/authenticate-export.ts'
import { fault } from '../../core/fault.ts'
import { authenticate } from '../../core/sessions/authenticate.ts'
import type { Tenant } from '../../core/tenants/tenant.ts'
import type { FaceRequest, Row } from '../operation.ts'
import { cookieSid } from './cookie.ts'

/**
 * Who may call. `open`: everybody; a session that comes is honoured. `session`: who is signed in.
 * `node`: who is signed in or holds an export token. `anyone`: like `node`, and nobody too, as far
 * as core lets him.
 */
export type AuthWord = 'open' | 'session' | 'node' | 'anyone'

/** State of the session behind an answer (dossier 4). */
export type Connection = 'online' | 'offline' | 'token'

const connections = new WeakMap<Readable, Connection>()

/** Who acts; 'unauthenticated' where somebody must, 'forbidden' while an account owes something. */
export async function actorOf(
  app: App,
  tenant: Tenant,
  row: Row,
  request: FaceRequest,
): Promise<Actor> {
  const actor = await find(app, tenant, row, request)
  connections.set(request.body, connectionOf(actor))
  if (actor.kind !== 'anonymous' || row.auth === 'open' || row.auth === 'anyone') return actor
  return fault('unauthenticated', 'session')
}

/** What an account may do that owes a new password or an address: to give it, or to leave. */
const whileOwing = new Set(['drumate.logout', 'drumate.change_password', 'drumate.change_email'])

async function find(app: App, tenant: Tenant, row: Row, request: FaceRequest): Promise<Actor> {
  const token = header(request, 'x-param-mfs-token')
  if (token !== undefined && (row.auth === 'node' || row.auth === 'anyone')) {
    const actor = await authenticateExport(app, tenant, token)
    if (actor) return actor
  }
  const sid = headerSid(request) ?? cookieSid(request)
  if (sid === undefined) return { kind: 'anonymous' }
  const mayOwe = row.auth === 'open' || whileOwing.has(row.id)
  const signedIn = await authenticate(app, tenant, { token: sid, kinds: ['cookie'], mayOwe })
  return signedIn?.actor ?? { kind: 'anonymous' }
}

export function connectionOf(actor: Actor): Connection {
  if (actor.kind === 'anonymous') return 'offline'
  return actor.kind === 'export' ? 'token' : 'online'
}

/** For faults, which know no context. A request is copied on its way, its body is not. */
export function knownConnection(request: Pick<FaceRequest, 'body'>): Connection {
  return connections.get(request.body) ?? 'offline'
}

/** The session id of a header that no page of another site can add. Never from the query. */
function headerSid(request: FaceRequest): string | undefined {
  const own = header(request, 'x-param-regsid')
  if (own !== undefined) return own
  return /^Bearer +([^\s]+)\s*$/i.exec(request.headers.authorization ?? '')?.[1]
}

/** Whether the request shows who acts by a header, not by the cookie alone. */
export function hasHeaderToken(request: FaceRequest): boolean {
  return headerSid(request) !== undefined || header(request, 'x-param-mfs-token') !== undefined
}

function header({ headers }: FaceRequest, name: string): string | undefined {
  const value = headers[name]
  const text = (Array.isArray(value) ? value[0] : value)?.trim()
  return text === '' ? undefined : text
}
