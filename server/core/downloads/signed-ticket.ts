import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'

/**
 * Facts of this tenant, good for `limits.downloadTtlSeconds`, signed for one purpose: holds no
 * secret and is stored nowhere. Facts are texts without a full stop, but for the last one.
 */
export function signedTicket(
  ctx: Ctx,
  purpose: string,
  facts: readonly (string | number)[],
): string {
  const end = ctx.now + ctx.limits.downloadTtlSeconds * 1000
  const text = [ctx.tenant.id, ...facts, end.toString(36)].join('.')
  return `${text}.${ctx.secrets.sign(purpose, text)}`
}

/**
 * The facts of a ticket, so many, the last with all full stops in it. Faults 'not-found' 'ticket'
 * when it is not ours, 'expired' 'ticket' past its end.
 */
export function readSignedTicket(
  ctx: Ctx,
  purpose: string,
  ticket: string,
  count: number,
): readonly string[] {
  const cut = ticket.lastIndexOf('.')
  const text = ticket.slice(0, Math.max(0, cut))
  if (!ctx.secrets.verify(purpose, text, ticket.slice(cut + 1))) fault('not-found', 'ticket')
  const [tenantId, ...facts] = text.split('.')
  const end = facts.pop() ?? ''
  if (Number(tenantId) !== ctx.tenant.id) fault('not-found', 'ticket')
  if (Number.parseInt(end, 36) <= ctx.now) fault('expired', 'ticket')
  return [...facts.slice(0, count - 1), facts.slice(count - 1).join('.')]
}
