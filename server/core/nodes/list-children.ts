import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { checkedPage } from '../pages/checked-page.ts'
import { MANAGE, ROLE_ROOMS } from '../permissions/permission.ts'
import { type Viewer, viewerOf } from '../permissions/viewer.ts'
import { type Seen, visible } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { childrenQuery } from './children-query.ts'
import { countChildren } from './count-children.ts'
import { describeNode, describeNodes } from './describe-nodes.ts'
import type {
  Node,
  NodeFilter,
  NodeRef,
  NodeSort,
  NodeView,
  Page,
  PageRequest,
  Tally,
} from './node.ts'
import type { ChildrenQuery } from './node-store.ts'

export type ListChildren = {
  /** null: the top rooms that the actor sees. */
  readonly parent: NodeRef | null
  readonly filter?: NodeFilter
  /** Default: by name, ascending. Rooms come first, then folders, then files, in any case. */
  readonly sort?: NodeSort
  /** A limit above `limits.pageItems` means that one. */
  readonly page: PageRequest
  /** Rooms of others that stand here (in the own root) are entries, by the name they have here. */
  readonly includeMounts?: boolean
  /** Top rooms only: those that the actor may manage. */
  readonly managedRooms?: boolean
}

export type Listing = Page<NodeView> & { readonly parent: NodeView | null }

const byName: NodeSort = { by: 'name', descending: false }

/**
 * One page of what a container holds, as far as the actor sees it, in a constant number of
 * statements. With passage only, nothing but rooms is listed. A file as parent is 'wrong-kind'
 * 'node' 'parent'.
 */
export async function listChildren(ctx: Ctx, input: ListChildren): Promise<Listing> {
  const page = checkedPage(ctx, input.page)
  return ctx.read(async (tx) => {
    const viewer = await viewerOf(ctx, tx)
    const parent = input.parent ? await visible(ctx, tx, input.parent, 'parent') : null
    if (parent?.node.kind === 'file') fault('wrong-kind', 'node', 'parent')
    if (!parent && viewer.within !== null) fault('not-found', 'node', 'parent')
    const view = parent && (await describeNode(ctx, tx, parent.node))
    const includeMounts = input.includeMounts === true && (await isOwnRoot(tx, viewer, parent))
    const wanted = queryFor(ctx, viewer, parent, { ...input, includeMounts })
    const query = wanted && !parent ? await withInnerRooms(ctx, tx, viewer, wanted) : wanted
    if (!query) return { ...page, items: [], total: 0, parent: view }
    const total = await countChildren(ctx, tx, query, input.filter, view?.tally)
    const nodes =
      page.limit > 0 && page.offset < total ? await onePage(ctx, tx, query, page, view?.tally) : []
    return { ...page, items: await describeEntries(ctx, tx, nodes), total, parent: view }
  })
}

/** Rooms that stand alone are top rooms for whoever holds nothing around them. */
async function withInnerRooms(
  ctx: Ctx,
  tx: Tx,
  { userId }: Viewer,
  query: ChildrenQuery,
): Promise<ChildrenQuery> {
  const alsoIds = userId === null ? [] : await tx.access.aloneFor(userId, ctx.now)
  return alsoIds.length === 0 ? query : { ...query, alsoIds }
}

/** Whether this is the viewer's home or in it: the mounts of others are nobody's business. */
async function isOwnRoot(tx: Tx, { userId }: Viewer, parent: Seen | null): Promise<boolean> {
  if (userId === null || !parent) return false
  const home = (await tx.nodes.homesOf([userId])).get(userId)
  return home?.id === parent.node.boundaryId
}

/** undefined: nothing can match. */
function queryFor(
  ctx: Ctx,
  viewer: Viewer,
  parent: Seen | null,
  input: ListChildren,
): ChildrenQuery | undefined {
  const { filter = {}, sort = byName, includeMounts = false, managedRooms = false } = input
  const managesAll = managedRooms && (viewer.roles & ROLE_ROOMS) !== 0
  const managed = managedRooms && !managesAll ? { permissions: [MANAGE] } : {}
  return childrenQuery({
    viewer: !parent && managesAll ? { ...viewer, userId: null } : viewer,
    parent,
    filter: parent ? filter : { ...filter, ...managed },
    sort,
    includeMounts,
    now: ctx.now,
  })
}

/**
 * Seeks to the nearest position that is remembered and skips the rest. The entry before the page is
 * read along, so that the same page begins with a seek the next time.
 */
async function onePage(
  ctx: Ctx,
  tx: Tx,
  query: ChildrenQuery,
  { offset, limit }: PageRequest,
  tally: Tally | undefined,
): Promise<Node[]> {
  const scope = tally ? scopeOf(ctx, query, tally) : undefined
  const mark = scope === undefined ? undefined : ctx.pageMarks.nearest(scope, offset)
  const skip = offset - (mark?.offset ?? 0)
  const early = scope !== undefined && skip > 0 && limit > 0 ? 1 : 0
  const reach = { after: mark?.after, skip: skip - early, limit: limit + early }
  const found = await tx.nodes.children(query, reach)
  const nodes = found.slice(early)
  const remember = (at: number, last: Node | undefined) => {
    if (scope === undefined || !last) return
    ctx.pageMarks.remember(scope, at, tx.nodes.seekKey(last, query.sort))
  }
  if (early > 0) remember(offset, found[0])
  remember(offset + nodes.length, nodes.at(-1))
  return nodes
}

/** All on which the order and the number of items before an offset rest, besides time's passing. */
function scopeOf(ctx: Ctx, { parentId, filter, sort, visibleTo }: ChildrenQuery, tally: Tally) {
  const { changedFrom, changedTo, sizeFrom, sizeTo } = filter
  const bounds = [changedFrom, changedTo, sizeFrom, sizeTo]
  const sortsBelow = sort.by === 'size' || sort.by === 'children' || sort.by === 'oldVersions'
  const asksBelow = sortsBelow || bounds.some((bound) => bound !== undefined)
  const change = asksBelow ? ['r', tally.revision] : ['l', tally.listing]
  return JSON.stringify([ctx.tenant.id, parentId, ...change, sort, filter, visibleTo])
}

/** Mounts become the rooms they show, under their own name. */
async function describeEntries(ctx: Ctx, tx: Tx, nodes: readonly Node[]): Promise<NodeView[]> {
  const mounts = nodes.filter((node) => node.kind === 'mount')
  if (mounts.length === 0) return describeNodes(ctx, tx, nodes)
  const rooms = await tx.nodes.findMany(mounts.map((mount) => mount.targetId ?? 0))
  const byId = new Map(rooms.map((room) => [room.id, room]))
  const entries = nodes.flatMap((node): { node: Node; mountId: number | null }[] => {
    if (node.kind !== 'mount') return [{ node, mountId: null }]
    const room = byId.get(node.targetId ?? 0)
    return room ? [{ node: { ...room, name: node.name }, mountId: node.id }] : []
  })
  const views = await describeNodes(
    ctx,
    tx,
    entries.map((entry) => entry.node),
  )
  return views.map((view, at) => ({ ...view, mountId: entries[at]?.mountId ?? null }))
}
