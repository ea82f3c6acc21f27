import { sameText } from '../../lib/bytes/same-text.ts'
import type { Ctx } from '../ctx.ts'
import type { LinkWithHash } from './link-store.ts'
import { passwordMark } from './link-ticket.ts'

const purpose = 'link-pass'
const form = /^(\d{1,16})\.(\d{1,16})\.(\d{1,16})\.([0-9a-f]{16})\.([\w-]{20,100})$/

/**
 * A signed text that stands for the password of a link wherever one is asked, so that a browser
 * need not keep it: tenant, link, end (milliseconds), and a mark of the password, so that a new one
 * ends it.
 */
export function issueLinkPass(ctx: Ctx, { link, passwordHash }: LinkWithHash) {
  const expireAt = ctx.now + ctx.limits.downloadTtlSeconds * 1000
  const text = [ctx.tenant.id, link.id, expireAt, passwordMark(ctx, passwordHash)].join('.')
  return { pass: `${text}.${ctx.secrets.sign(purpose, text)}`, expireAt }
}

/** Whether a text has the form of a pass: it is never tried as a password. */
export function isLinkPass(text: string): boolean {
  return form.test(text)
}

/** Whether a pass stands for the password that this link has now. */
export function opensLink(ctx: Ctx, found: LinkWithHash, pass: string): boolean {
  const [, tenantId, linkId, expireAt, mark = '', signature = ''] = form.exec(pass) ?? []
  const text = [tenantId, linkId, expireAt, mark].join('.')
  if (!ctx.secrets.verify(purpose, text, signature)) return false
  const isHere = Number(tenantId) === ctx.tenant.id && Number(linkId) === found.link.id
  const isOver = Number(expireAt) <= ctx.now
  return isHere && !isOver && sameText(passwordMark(ctx, found.passwordHash), mark)
}
