import type { Readable } from 'node:stream'
import type { Actor, App } from '../../core/ctx.ts'
import { authenticateExport } from '../../core/exports/authenticate-export.ts'
import { fault } from '../../core/fault.ts'
import { authenticateVisitor } from '../../core/links/authenticate-visitor.ts'
import { authenticate } from '../../core/sessions/authenticate.ts'
import type { Tenant } from '../../core/tenants/tenant.ts'
import type { FaceRequest, Row } from '../operation.ts'
import { cookieSid, guestCookie, guestPass } from './cookie.ts'

/**
 * Who may call. `open`: everybody; a session that comes is honoured. `session`: who is signed in.
 * `node`: who is signed in or holds an export token. `anyone`: like `node`, and nobody too, as far
 * as core lets him. `visit`: like `node`, and visitors of a link, who `anyone` are, too. `dmz`:
 * everybody; a visit that comes is honoured.
 */
export type AuthWord = 'open' | 'session' | 'node' | 'anyone' | 'visit' | 'dmz'

const withToken: ReadonlySet<string> = new Set<AuthWord>(['node', 'anyone', 'visit'])
const withVisit: ReadonlySet<string> = new Set<AuthWord>(['anyone', 'visit', 'dmz'])
const withNobody: ReadonlySet<string> = new Set<AuthWord>(['open', 'anyone', 'dmz'])

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
  if (actor.kind !== 'anonymous' || withNobody.has(row.auth)) return actor
  return fault('unauthenticated', 'session')
}

/** As clients name the session that `x-param-keysel` chooses (dossier 6). */
const guestHeader = `x-param-${guestCookie}`

/** What an account may do that owes a new password or an address: to give it, or to leave. */
const whileOwing = new Set(['drumate.logout', 'drumate.change_password', 'drumate.change_email'])

async function find(app: App, tenant: Tenant, row: Row, request: FaceRequest): Promise<Actor> {
  const token = header(request, 'x-param-mfs-token')
  if (token !== undefined && withToken.has(row.auth)) {
    const actor = await authenticateExport(app, tenant, token)
    if (actor) return actor
  }
  const visit = withVisit.has(row.auth) ? visitPass(request) : undefined
  const isChosen = header(request, 'x-param-keysel') === guestCookie || row.auth === 'dmz'
  const sid = isChosen ? undefined : (headerSid(request) ?? cookieSid(request))
  if (sid !== undefined) {
    const mayOwe = row.auth === 'open' || whileOwing.has(row.id)
    const signedIn = await authenticate(app, tenant, { token: sid, kinds: ['cookie'], mayOwe })
    if (signedIn) return signedIn.actor
  }
  const visitor = visit === undefined ? undefined : await authenticateVisitor(app, tenant, visit)
  return visitor ?? { kind: 'anonymous' }
}

/** The pass of a visit: in a header, as Bearer, or in its cookie. */
function visitPass(request: FaceRequest): string | undefined {
  return header(request, guestHeader) ?? bearer(request) ?? guestPass(request)
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
  return bearer(request)
}

function bearer({ headers }: FaceRequest): string | undefined {
  return /^Bearer +([^\s]+)\s*$/i.exec(headers.authorization ?? '')?.[1]
}

/** Whether the request shows who acts by a header, not by the cookie alone. */
export function hasHeaderToken(request: FaceRequest): boolean {
  const others = ['x-param-mfs-token', guestHeader].map((name) => header(request, name))
  return headerSid(request) !== undefined || others.some((token) => token !== undefined)
}

function header({ headers }: FaceRequest, name: string): string | undefined {
  const value = headers[name]
  const text = (Array.isArray(value) ? value[0] : value)?.trim()
  return text === '' ? undefined : text
}
