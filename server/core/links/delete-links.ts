import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { describeNodes } from '../nodes/describe-nodes.ts'
import type { Node, NodeRef, NodeView } from '../nodes/node.ts'
import { visibleMany } from '../permissions/visible-many.ts'
import type { Tx } from '../store.ts'
import type { Link } from './link.ts'
import { linkEvent, managedNode, tellLinkChange } from './link-rights.ts'

/** Links by id, or all links of some nodes. */
export type DeleteLinks = (
  | { readonly ids: readonly number[] }
  | { readonly nodes: readonly NodeRef[] }
) & {
  /** Only links of this kind; default: of any by id, download links by node. */
  readonly kind?: Link['kind'] | 'any'
}

/**
 * Ends links, all or none, and answers their nodes as they are then. 'not-found' 'link' for one
 * that is not there, is of another kind or of a node that the actor does not see, and for a node
 * without any; 'forbidden' 'node' where he sees it and may not; 'too-many' 'link' above
 * `limits.bulkItems`.
 */
export async function deleteLinks(
  ctx: Ctx,
  input: DeleteLinks,
): Promise<{ views: readonly NodeView[] }> {
  const limit = ctx.limits.bulkItems
  const asked = 'ids' in input ? input.ids.length : input.nodes.length
  if (asked > limit) fault('too-many', 'link', undefined, { limit })
  return ctx.write(async (tx) => {
    const links =
      'ids' in input
        ? await byIds(tx, input.ids, input.kind)
        : await byNodes(ctx, tx, input.nodes, input.kind)
    return { views: await describeNodes(ctx, tx, await deleteLinksIn(ctx, tx, links)) }
  })
}

/** Ends links in a transaction, with the faults of `deleteLinks`; answers their nodes. */
export async function deleteLinksIn(ctx: Ctx, tx: Tx, links: readonly Link[]): Promise<Node[]> {
  const nodes = new Map<number, Node>()
  for (const link of links) {
    const node = await managedNode(ctx, tx, link)
    const isThere = node !== undefined && (await tx.links.remove(link.id))
    if (!isThere) return fault('not-found', 'link', undefined, { link: link.id })
    nodes.set(node.id, node)
    await recordEvents(ctx, tx, [linkEvent('link.deleted', link, node)])
  }
  for (const node of nodes.values()) await tellLinkChange(ctx, tx, node)
  return [...nodes.values()]
}

type Kind = DeleteLinks['kind']

function isOf(link: Link, kind: Kind): boolean {
  return kind === 'any' || kind === undefined || link.kind === kind
}

async function byIds(tx: Tx, ids: readonly number[], kind: Kind): Promise<Link[]> {
  const links: Link[] = []
  for (const id of new Set(ids)) {
    const link = Number.isSafeInteger(id) ? await tx.links.find(id) : undefined
    if (!link || !isOf(link, kind)) return fault('not-found', 'link', undefined, { link: id })
    links.push(link)
  }
  return links
}

async function byNodes(
  ctx: Ctx,
  tx: Tx,
  refs: readonly NodeRef[],
  kind: Kind = 'download',
): Promise<Link[]> {
  const ids = (await visibleMany(ctx, tx, refs, 'target')).map(({ node }) => node.id)
  const links = (await tx.links.ofNodes(ids)).filter((link) => isOf(link, kind))
  const byNode = Map.groupBy(links, ({ nodeId }) => nodeId)
  return ids.flatMap((id) => {
    return byNode.get(id) ?? fault('not-found', 'link', undefined, { node: id })
  })
}
