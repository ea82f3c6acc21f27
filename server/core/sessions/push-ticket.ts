import type { Actor, Ctx } from '../ctx.ts'
import { isSessionOver } from './authenticate.ts'
import { closedAccount } from './with-account.ts'

const purpose = 'push'
/** A page opens its connection at once. */
const ticketMs = 60_000

/**
 * A signed ticket with which a page opens a push connection, where it can send no header: names
 * tenant, session and end, holds no secret and is stored nowhere. Whoever is not signed in gets
 * one, too, that stands for nobody.
 */
export function createPushTicket({ actor, tenant, now, secrets }: Ctx): string {
  const session = actor.kind === 'user' ? actor.sessionId : 0
  const text = [tenant.id, session, (now + ticketMs).toString(36)].join('.')
  return `${text}.${secrets.sign(purpose, text)}`
}

/**
 * Who a push ticket stands for now; undefined when it is not ours or past its end. A session that
 * is over, and an account that may not be used any more, stand for nobody.
 */
export async function openPushTicket(ctx: Ctx, ticket: string): Promise<Actor | undefined> {
  const cut = ticket.lastIndexOf('.')
  const text = ticket.slice(0, Math.max(0, cut))
  if (!ctx.secrets.verify(purpose, text, ticket.slice(cut + 1))) return undefined
  const [tenantId, sessionId, end = ''] = text.split('.')
  const isPast = Number.parseInt(end, 36) <= ctx.now
  if (Number(tenantId) !== ctx.tenant.id || isPast) return undefined
  return ctx.read(async (tx) => {
    const session = await tx.sessions.find(Number(sessionId))
    const user = session && (await tx.users.find(session.userId))
    if (!session || !user || isSessionOver(session, ctx.now) || closedAccount(ctx, user)) {
      return { kind: 'anonymous' }
    }
    const roles = user.roles | (await tx.groups.rolesOf(user.id, ctx.now))
    return { kind: 'user', userId: user.id, roles, sessionId: session.id }
  })
}
