import type { Ctx } from '../ctx.ts'
import type { Node, NodeKind, NodeSort, Page, PageRequest } from '../nodes/node.ts'
import type { ChildrenQuery } from '../nodes/node-store.ts'
import { checkedPage } from '../pages/checked-page.ts'
import type { Tx } from '../store.ts'
import { type Entered, enterLink } from './enter-link.ts'
import { type LinkPlace, nodeInLink, shownBytes } from './link-node.ts'
import { openLinkTicket } from './link-ticket.ts'
import { publicNode } from './public-link.ts'

export type ListLink = LinkPlace &
  ({ readonly ticket: string } | { readonly token: string; readonly password?: string }) & {
    /** Default: both. */
    readonly kinds?: readonly ('folder' | 'file')[]
    /** Default: by name. Folders come before files. */
    readonly sort?: NodeSort
    /** A limit above `limits.pageItems` means that one. */
    readonly page: PageRequest
  }

/** A node as a stranger sees it, with the bytes in it. */
export type LinkEntry = { readonly node: Node; readonly size: number }

export type LinkListing = Page<LinkEntry> & {
  readonly parent: LinkEntry
  /** Names from the shared node down to the parent, without the shared node itself. */
  readonly path: readonly string[]
}

const shownKinds: readonly NodeKind[] = ['folder', 'file']

/**
 * What a folder of a download link holds; a file holds nothing. Takes no download. Faults: those of
 * `openLinkTicket` or `enterLink`; 'not-found' 'node' for what the link does not show.
 */
export async function listLink(ctx: Ctx, input: ListLink): Promise<LinkListing> {
  const page = checkedPage(ctx, input.page)
  const list = (tx: Tx, entered: Entered) => onePage(ctx, tx, entered, { ...input, page })
  if ('ticket' in input) {
    return ctx.read(async (tx) => list(tx, await openLinkTicket(ctx, tx, input.ticket)))
  }
  const { token, password } = input
  return enterLink(ctx, { token, password, kind: 'download' }, list, 'read')
}

/** A page of a folder in a transaction; `input.page` is checked. */
export async function onePage(
  ctx: Ctx,
  tx: Tx,
  entered: Entered,
  input: ListLink,
): Promise<LinkListing> {
  return pageBelow(ctx, tx, entered.node, input)
}

/** A page of what a stranger sees at a place below a node that was opened to him. */
export async function pageBelow(
  ctx: Ctx,
  tx: Tx,
  root: Node,
  input: LinkPlace & Pick<ListLink, 'kinds' | 'sort' | 'page'>,
): Promise<LinkListing> {
  const { offset, limit } = input.page
  const node = await nodeInLink(ctx, tx, root, input)
  const query: ChildrenQuery = {
    parentId: node.id,
    filter: {
      kinds: shownKinds.filter((kind) => input.kinds?.some((one) => one === kind) ?? true),
    },
    sort: input.sort ?? { by: 'name', descending: false },
    visibleTo: null,
    now: ctx.now,
  }
  const total = node.kind === 'file' ? 0 : await tx.nodes.countChildren(query)
  const beyond = limit === 0 || offset >= total
  const nodes = beyond ? [] : await tx.nodes.children(query, { skip: offset, limit })
  const folders = nodes.filter((child) => child.kind === 'folder').map((child) => child.id)
  const tallies = folders.length > 0 ? await tx.tallies.of(folders) : new Map()
  const items = nodes.map((child) => ({
    node: publicNode(child),
    size: child.content?.size ?? tallies.get(child.id)?.size ?? 0,
  }))
  const size = await shownBytes(tx, node, ctx.now)
  const path = await wayIn(tx, root, node)
  return { offset, limit, total, items, parent: { node: publicNode(node), size }, path }
}

async function wayIn(tx: Tx, root: Node, node: Node): Promise<string[]> {
  if (node.id === root.id) return []
  const above = await tx.nodes.ancestors(node.id)
  const start = above.findIndex(({ id }) => id === root.id)
  return [...above.slice(start + 1).map(({ name }) => name), node.name]
}
