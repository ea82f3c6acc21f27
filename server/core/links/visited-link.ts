import type { Actor, Ctx } from '../ctx.ts'
import type { Node } from '../nodes/node.ts'
import { CREATE, type Permissions, READ } from '../permissions/permission.ts'
import type { Tx } from '../store.ts'
import type { Link } from './link.ts'
import { isSamePassword } from './link-ticket.ts'
import { type LinkPurpose, servesFor } from './needed-to-share.ts'
import { openedNode } from './opened-node.ts'

export type Visitor = Extract<Actor, { kind: 'visitor' }>

/** A link as its visitor finds it now, and the node that it opens. */
export type VisitedLink = { readonly link: Link; readonly node: Node }

/**
 * The link of a visit, looked at anew; undefined when the visit is over: its time has passed, the
 * link has ended or has another password, or its maker lacks what it needs.
 */
export async function visitedLink(
  ctx: Ctx,
  tx: Tx,
  visitor: Visitor,
): Promise<VisitedLink | undefined> {
  if (visitor.expireAt <= ctx.now) return undefined
  const found = await tx.links.findWithHash(visitor.linkId)
  if (!found || !isSamePassword(ctx, found, visitor)) return undefined
  const { link } = found
  if (link.expireAt !== null && link.expireAt <= ctx.now) return undefined
  const node = await openedNode(ctx, tx, link)
  return node?.id === visitor.nodeId ? { link, node } : undefined
}

/** What a link lets its visitors do. */
export function visitorPermissions(link: LinkPurpose): Permissions {
  return (servesFor(link, 'download') ? READ : 0) | (servesFor(link, 'upload') ? CREATE : 0)
}
