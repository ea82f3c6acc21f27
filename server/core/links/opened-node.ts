import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Node } from '../nodes/node.ts'
import { heldOn } from '../permissions/held-on.ts'
import { ALL, has } from '../permissions/permission.ts'
import type { Tx } from '../store.ts'
import type { Link } from './link.ts'
import { neededToShare } from './needed-to-share.ts'

/**
 * The node that a link opens, on the authority that its maker has now: undefined when the node is
 * not live, or the maker is gone, locked or expired or has lost what making the link needs.
 */
export async function openedNode(ctx: Ctx, tx: Tx, link: Link): Promise<Node | undefined> {
  if (ctx.tenant.isLocked) return undefined
  const node = await tx.nodes.find(link.nodeId)
  const maker = await tx.users.find(link.createdBy)
  if (!node || !maker || maker.isLocked) return undefined
  if (maker.expireAt !== null && maker.expireAt <= ctx.now) return undefined
  const viewer = { userId: maker.id, mask: ALL, within: null, roles: 0 }
  const held = await heldOn(ctx, tx, viewer, node)
  return held !== undefined && has(held, neededToShare(link)) ? node : undefined
}

/** `openedNode`, or fault 'not-found' 'link'; 'expired' 'link' past its end. */
export async function requireOpened(ctx: Ctx, tx: Tx, link: Link): Promise<Node> {
  const node = await openedNode(ctx, tx, link)
  if (!node) return fault('not-found', 'link')
  if (link.expireAt !== null && link.expireAt <= ctx.now) return fault('expired', 'link')
  return node
}
