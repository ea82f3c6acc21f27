import type { Ctx } from '../ctx.ts'
import type { LinkWithHash } from './link-store.ts'
import { isSamePassword, readEntry, signEntry } from './link-ticket.ts'

/**
 * A signed text that stands for the password of a link wherever one is asked, so that a browser
 * need not keep it; a new password ends it.
 */
export function issueLinkPass(ctx: Ctx, found: LinkWithHash) {
  const { text: pass, expireAt } = signEntry(ctx, found, 'link-pass')
  return { pass, expireAt }
}

/** Whether a pass stands for the password that this link has now. */
export function opensLink(ctx: Ctx, found: LinkWithHash, pass: string): boolean {
  const entry = readEntry(ctx, pass, 'link-pass')
  if (!entry || entry.expireAt <= ctx.now) return false
  return entry.linkId === found.link.id && isSamePassword(ctx, found, entry)
}
