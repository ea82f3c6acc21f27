import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Permissions } from '../permissions/permission.ts'
import type { Tx } from '../store.ts'
import type { Person } from '../users/user.ts'
import { type Entered, enterLink, type LinkKey, linkByToken } from './enter-link.ts'
import type { Link } from './link.ts'
import { signEntry } from './link-ticket.ts'
import { publicFacts, shownCreator } from './public-link.ts'
import { visitorPermissions } from './visited-link.ts'

/** A link as its visitors are told of it. */
export type LinkToVisit = {
  /** Without what is for its owners. */
  readonly link: Link
  readonly creator: Person | null
  readonly isForAnybody: boolean
  /** Its node and what visitors may do there; null before the password. */
  readonly inside: { readonly nodeId: number; readonly permissions: Permissions } | null
}

/** What a link leads to; a visitor of it is told all. Faults as `linkByToken`. */
export async function linkToVisit(
  ctx: Ctx,
  { token }: { readonly token: string },
): Promise<LinkToVisit> {
  return ctx.read(async (tx) => {
    const entered = await linkByToken(ctx, tx, { token })
    const { actor } = ctx
    const isIn = actor.kind === 'visitor' && actor.linkId === entered.link.id
    return told(tx, entered, isIn || entered.passwordHash === null)
  })
}

/**
 * Lets somebody without an account in: with the pass he acts as visitor of the link for
 * `limits.downloadTtlSeconds`, as long as the link and its password stay. Faults as `enterLink`;
 * 'encrypted' 'link' for one whose bytes only clients that know its keys can open.
 */
export async function visitLink(
  ctx: Ctx,
  { token, password }: Omit<LinkKey, 'kind'>,
): Promise<LinkToVisit & { readonly pass: string; readonly expireAt: number }> {
  const enter = async (tx: Tx, entered: Entered) => {
    if (entered.link.keys !== null) fault('encrypted', 'link')
    const { text: pass, expireAt } = signEntry(ctx, entered, 'link-visit')
    return { ...(await told(tx, entered, true)), pass, expireAt }
  }
  return enterLink(ctx, { token, password }, enter, 'read')
}

async function told(tx: Tx, { link, node }: Entered, isIn: boolean): Promise<LinkToVisit> {
  return {
    link: publicFacts(link),
    creator: await shownCreator(tx, link),
    isForAnybody: link.recipient === null,
    inside: isIn ? { nodeId: node.id, permissions: visitorPermissions(link) } : null,
  }
}
