import { sameText } from '../../lib/bytes/same-text.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Tx } from '../store.ts'
import type { Entered } from './enter-link.ts'
import type { LinkWithHash } from './link-store.ts'
import { requireOpened } from './opened-node.ts'

const form = /^(\d{1,16})\.(\d{1,16})\.(\d{1,16})\.(\d{1,16})\.([0-9a-f]{16})\.([\w-]{20,100})$/

/** It stands for the link's bytes, a visit (`visit-link.ts`) or the password (`link-pass.ts`). */
export type EntryPurpose = 'link-ticket' | 'link-visit' | 'link-pass'

/** What a signed text says; whether that is so still has to be looked at. */
export type Entry = {
  readonly linkId: number
  readonly nodeId: number
  readonly expireAt: number
  /** Of the password, so that a new one ends it. */
  readonly mark: string
}

/**
 * A signed text that stands for a link that was entered: tenant, link, node, end (milliseconds),
 * and a mark of the password. It can be used any number of times.
 */
export function signEntry(
  ctx: Ctx,
  { link, passwordHash }: LinkWithHash,
  purpose: EntryPurpose,
): { readonly text: string; readonly expireAt: number } {
  const expireAt = ctx.now + ctx.limits.downloadTtlSeconds * 1000
  const mark = passwordMark(ctx, passwordHash)
  const text = [ctx.tenant.id, link.id, link.nodeId, expireAt, mark].join('.')
  return { text: `${text}.${ctx.secrets.sign(purpose, text)}`, expireAt }
}

/** Whether a text has the form of what `signEntry` answers: it is never tried as a password. */
export function isEntry(text: string): boolean {
  return form.test(text)
}

/** What was signed; undefined for what is not ours, for another purpose or of another tenant. */
export function readEntry(ctx: Ctx, given: string, purpose: EntryPurpose): Entry | undefined {
  const [, tenantId, linkId, nodeId, expireAt, mark = '', signature = ''] = form.exec(given) ?? []
  const text = [tenantId, linkId, nodeId, expireAt, mark].join('.')
  const isOurs = ctx.secrets.verify(purpose, text, signature)
  if (!isOurs || Number(tenantId) !== ctx.tenant.id) return undefined
  const [link, node, end] = [linkId, nodeId, expireAt].map(Number) as [number, number, number]
  return { linkId: link, nodeId: node, expireAt: end, mark }
}

/** A ticket for the bytes of a link, see `signEntry`. */
export function issueLinkTicket(ctx: Ctx, entered: Entered) {
  const { text: ticket, expireAt } = signEntry(ctx, entered, 'link-ticket')
  return { ticket, expireAt }
}

/**
 * What a ticket stands for, looked at anew. Faults: 'not-found' 'ticket' for one that is not ours
 * or whose password changed, 'expired' 'ticket', 'not-found' and 'expired' 'link'.
 */
export async function openLinkTicket(ctx: Ctx, tx: Tx, ticket: string): Promise<Entered> {
  const entry = readEntry(ctx, ticket, 'link-ticket')
  if (!entry) return fault('not-found', 'ticket')
  if (entry.expireAt <= ctx.now) return fault('expired', 'ticket')
  const found: LinkWithHash | undefined = await tx.links.findWithHash(entry.linkId)
  if (!found || found.link.nodeId !== entry.nodeId) return fault('not-found', 'link')
  if (!isSamePassword(ctx, found, entry)) return fault('not-found', 'ticket')
  return { ...found, node: await requireOpened(ctx, tx, found.link) }
}

/** Whether the link has the password still that it had. */
export function isSamePassword(ctx: Ctx, found: LinkWithHash, { mark }: Pick<Entry, 'mark'>) {
  return sameText(passwordMark(ctx, found.passwordHash), mark)
}

/** Says whether a password is still the same without telling anything of it. */
function passwordMark(ctx: Ctx, passwordHash: string | null): string {
  return ctx.secrets.digest(passwordHash ?? '').slice(0, 16)
}
