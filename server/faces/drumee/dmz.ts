import type { Ctx } from '../../core/ctx.ts'
import { type Fault, isFault } from '../../core/fault.ts'
import { type LinkToVisit, linkToVisit, visitLink } from '../../core/links/visit-link.ts'
import type { FaceRequest, Headers, Row } from '../operation.ts'
import { isOwnOrigin, visitCookie } from './cookie.ts'
import type { DmzAccess, DmzRefusal } from './generated/shapes.ts'
import { nobodyId, nodeCode } from './ids.ts'
import { op } from './op.ts'
import { privilegeWord } from './privileges.ts'
import { timeLeft } from './time-left.ts'

/** Visitors of shares: people without an account who have the address of a link (dossier 10). */
export const dmzRows: Row[] = [
  op('dmz.info', {
    auth: 'dmz',
    run: (ctx, { body }) => linkToVisit(ctx, { token: tokenIn(body.token) }),
    reply: (told, _given, ctx) =>
      presentAccess(ctx, told) ?? {
        ...refused('REQUIRED_PASSWORD'),
        ...presentLink(ctx, told),
      },
    refusal: refusedVisit,
  }),
  op('dmz.login', {
    auth: 'dmz',
    changes: true,
    run: (ctx, { body }) =>
      visitLink(ctx, { token: tokenIn(body.token), password: body.password || undefined }),
    reply: (visit, _given, ctx) => ({
      ...presentAccess(ctx, visit)!,
      guest_sid: visit.pass,
      signed_in: 1 as const,
      connection: 'online' as const,
    }),
    refusal: refusedVisit,
    headers: ({ pass, expireAt }, ctx, request) =>
      cookieFor(request, pass, Math.floor((expireAt - ctx.now) / 1000)),
  }),
  op('dmz.logout', {
    auth: 'dmz',
    changes: true,
    run: async () => undefined,
    reply: () => [],
    headers: (_done, _ctx, request) => cookieFor(request, '', 0),
  }),
]

/** The token of a link, also as the rest of its address has it: `inbound/token=…`. */
function tokenIn(text: string): string {
  return text.trim().replace(/^(?:inbound\/)?token=/, '')
}

/** A page of another site must let nobody in here, and out neither. */
function cookieFor(request: FaceRequest, pass: string, maxAge: number): Headers {
  return isOwnOrigin(request) ? { 'set-cookie': visitCookie(request, pass, maxAge) } : {}
}

/** What everybody is told who has the address, before the password too. */
function presentLink(ctx: Ctx, { link, creator, isForAnybody }: LinkToVisit) {
  const needsPassword = link.isProtected ? 1 : 0
  const names = [creator?.firstName, creator?.lastName].filter(Boolean).join(' ')
  return {
    title: link.name,
    sender: names || (creator?.userName ?? ''),
    is_public: isForAnybody ? 1 : 0,
    require_password: needsPassword,
    require_pwd: needsPassword,
    require_name: 0,
    ...timeLeft(ctx, link.expireAt),
    dmz_expiry: link.expireAt === null ? 'infinity' : 'active',
  } as const
}

/** undefined before the password. */
function presentAccess(ctx: Ctx, told: LinkToVisit): DmzAccess | undefined {
  if (told.inside === null) return undefined
  const { nodeId, permissions } = told.inside
  return {
    status: 'TICKET_OK',
    validity: 'TICKET_OK',
    ...presentLink(ctx, told),
    hub_id: nodeCode(nodeId),
    nid: nodeCode(nodeId),
    privilege: privilegeWord(permissions),
    area: 'dmz',
    is_guest: 1,
    guest_id: nobodyId,
    uid: nobodyId,
  }
}

function refused(status: DmzRefusal['status']): DmzRefusal {
  return { status, validity: status }
}

/** A link that lets nobody in is told in the data; too many wrong passwords are not. */
function refusedVisit(error: Fault): DmzRefusal | undefined {
  if (error.subject !== 'link') return undefined
  if (isFault(error, 'not-found')) return refused('TICKET_INVALID')
  if (isFault(error, 'expired')) return refused('TICKET_EXPIRED')
  if (isFault(error, 'password-required')) return refused('REQUIRED_PASSWORD')
  return isFault(error, 'wrong-credentials') ? refused('WRONG_PASSWORD') : undefined
}
