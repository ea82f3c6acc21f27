import { sameText } from '../../lib/bytes/same-text.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Tx } from '../store.ts'
import type { Entered } from './enter-link.ts'
import { requireOpened } from './link-rights.ts'
import type { LinkWithHash } from './link-store.ts'

const purpose = 'link-ticket'
const form = /^(\d{1,16})\.(\d{1,16})\.(\d{1,16})\.(\d{1,16})\.([0-9a-f]{16})\.([\w-]{20,100})$/

/**
 * A signed text that stands for a link that was entered: tenant, link, node, end (milliseconds),
 * and a mark of the password, so that a new password ends it. It can be used any number of times.
 */
export function issueLinkTicket(ctx: Ctx, { link, node, passwordHash }: Entered) {
  const expireAt = ctx.now + ctx.limits.downloadTtlSeconds * 1000
  const mark = passwordMark(ctx, passwordHash)
  const text = [ctx.tenant.id, link.id, node.id, expireAt, mark].join('.')
  return { ticket: `${text}.${ctx.secrets.sign(purpose, text)}`, expireAt }
}

/**
 * What a ticket stands for, looked at anew. Faults: 'not-found' 'ticket' for one that is not ours
 * or whose password changed, 'expired' 'ticket', 'not-found' and 'expired' 'link'.
 */
export async function openLinkTicket(ctx: Ctx, tx: Tx, ticket: string): Promise<Entered> {
  const [, tenantId, linkId, nodeId, expireAt, mark = '', signature = ''] = form.exec(ticket) ?? []
  const text = [tenantId, linkId, nodeId, expireAt, mark].join('.')
  const isOurs = ctx.secrets.verify(purpose, text, signature)
  if (!isOurs || Number(tenantId) !== ctx.tenant.id) return fault('not-found', 'ticket')
  if (Number(expireAt) <= ctx.now) return fault('expired', 'ticket')
  const found: LinkWithHash | undefined = await tx.links.findWithHash(Number(linkId))
  if (!found || found.link.nodeId !== Number(nodeId)) return fault('not-found', 'link')
  if (!sameText(passwordMark(ctx, found.passwordHash), mark)) return fault('not-found', 'ticket')
  return { ...found, node: await requireOpened(ctx, tx, found.link) }
}

/** Says whether a password is still the same without telling anything of it. */
export function passwordMark(ctx: Ctx, passwordHash: string | null): string {
  return ctx.secrets.digest(passwordHash ?? '').slice(0, 16)
}
