import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { NodeRef } from '../nodes/node.ts'
import { visible } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import type { Link, LinkView } from './link.ts'
import { managedNode } from './link-rights.ts'
import { linkViews } from './link-views.ts'

/** A link by its id, or the oldest one of a node (of a kind; default: download). */
export type LinkRef =
  | { readonly id: number; readonly kind?: Link['kind'] }
  | { readonly node: NodeRef; readonly kind?: Link['kind'] }

/**
 * A link that the actor may manage. 'not-found' 'link' for any other, 'forbidden' 'node' where he
 * sees the node that it is of.
 */
export async function findLink(ctx: Ctx, input: LinkRef): Promise<LinkView> {
  return ctx.read((tx) => findLinkIn(ctx, tx, input))
}

/** `findLink` in a transaction. */
export async function findLinkIn(ctx: Ctx, tx: Tx, input: LinkRef): Promise<LinkView> {
  const link = await linkOf(ctx, tx, input)
  const isKind = input.kind === undefined || link?.kind === input.kind
  if (!link || !isKind || !(await managedNode(ctx, tx, link))) return fault('not-found', 'link')
  const [view] = await linkViews(ctx, tx, [link])
  return view ?? fault('not-found', 'link')
}

async function linkOf(ctx: Ctx, tx: Tx, ref: LinkRef): Promise<Link | undefined> {
  if ('id' in ref) return Number.isSafeInteger(ref.id) ? tx.links.find(ref.id) : undefined
  const { node } = await visible(ctx, tx, ref.node, 'target')
  const [first] = await tx.links.ofNode(node.id, ref.kind ?? 'download')
  return first
}
