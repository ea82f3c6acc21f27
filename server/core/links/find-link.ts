import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Node, NodeRef } from '../nodes/node.ts'
import { visible } from '../permissions/visible.ts'
import { visibleMany } from '../permissions/visible-many.ts'
import type { Tx } from '../store.ts'
import type { Link, LinkView } from './link.ts'
import { managedNode } from './link-rights.ts'
import { linkViews } from './link-views.ts'

/**
 * A link by its id, the oldest one of a node (of a kind; default: download), or the one with a
 * token, if it is on one of the nodes that are given.
 */
export type LinkRef =
  | { readonly id: number; readonly kind?: Link['kind'] }
  | { readonly node: NodeRef; readonly kind?: Link['kind'] | 'any' }
  | { readonly token: string; readonly on?: readonly NodeRef[] }

export type ManagedLink = { readonly link: Link; readonly node: Node }

/**
 * A link that the actor may manage. 'not-found' 'link' for any other, 'forbidden' 'node' where he
 * sees the node that it is of.
 */
export async function findLink(ctx: Ctx, input: LinkRef): Promise<LinkView> {
  return ctx.read((tx) => findLinkIn(ctx, tx, input))
}

/** `findLink` in a transaction. */
export async function findLinkIn(ctx: Ctx, tx: Tx, input: LinkRef): Promise<LinkView> {
  const { link } = await managedLink(ctx, tx, input)
  const [view] = await linkViews(ctx, tx, [link])
  return view ?? fault('not-found', 'link')
}

/** The link of `findLink` and its node. */
export async function managedLink(ctx: Ctx, tx: Tx, ref: LinkRef): Promise<ManagedLink> {
  const link = await linkOf(ctx, tx, ref)
  const node = link && (await managedNode(ctx, tx, link))
  return link && node ? { link, node } : fault('not-found', 'link')
}

async function linkOf(ctx: Ctx, tx: Tx, ref: LinkRef): Promise<Link | undefined> {
  if ('id' in ref) return byId(tx, ref.id, ref.kind)
  if ('token' in ref) return byToken(ctx, tx, ref)
  const { node } = await visible(ctx, tx, ref.node, 'target')
  const { kind = 'download' } = ref
  const [first] = await tx.links.ofNode(node.id, kind === 'any' ? undefined : kind)
  return first
}

async function byId(tx: Tx, id: number, kind?: Link['kind']): Promise<Link | undefined> {
  const link = Number.isSafeInteger(id) ? await tx.links.find(id) : undefined
  return kind === undefined || link?.kind === kind ? link : undefined
}

async function byToken(
  ctx: Ctx,
  tx: Tx,
  { token, on }: { readonly token: string; readonly on?: readonly NodeRef[] },
): Promise<Link | undefined> {
  const seen = await visibleMany(ctx, tx, on ?? [], 'target')
  const ids = new Set(seen.map(({ node }) => node.id))
  const found = await tx.links.findByDigest(ctx.secrets.digest(token))
  return found && (!on || ids.has(found.link.nodeId)) ? found.link : undefined
}
