import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Node, NodeRef, Page, PageRequest } from '../nodes/node.ts'
import { ownRoot } from '../nodes/resolve.ts'
import { ownRootOf, rootPathOf } from '../nodes/root-path.ts'
import { checkedPage } from '../pages/checked-page.ts'
import { has, READ_TRASH } from '../permissions/permission.ts'
import { viewerOf } from '../permissions/viewer.ts'
import { permit, visible } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { describeEntries } from './describe-entries.ts'
import type { TrashEntryView } from './trash-entry.ts'
import type { TrashNodeSort, TrashNodesQuery } from './trash-store.ts'

export type ListDeleted = {
  /** What was deleted in or below this container; null: in the own home. */
  readonly place: NodeRef | null
  /** Default: both. */
  readonly kinds?: TrashNodesQuery['kinds']
  /** Default: by name. Folders come first in any case. */
  readonly sort?: TrashNodeSort
  /** A limit above `limits.pageItems` means that one. */
  readonly page: PageRequest
}

/** What was deleted, and where it was as the actor calls it. */
export type DeletedView = TrashEntryView & {
  /** Names from the actor's own root, its own last; null where it did not stand there. */
  readonly rootPath: readonly string[] | null
}

/**
 * Folders and files that were deleted themselves; superseded versions of live files are none of
 * them. READ_TRASH; rooms inside are left out where it is missing. Faults 'not-found', 'forbidden'
 * and, for a file, 'wrong-kind' 'node' 'parent'.
 */
export async function listDeleted(ctx: Ctx, input: ListDeleted): Promise<Page<DeletedView>> {
  const page = checkedPage(ctx, input.page)
  const { kinds = ['folder', 'file'], sort = { by: 'name', descending: false } } = input
  return ctx.read(async (tx) => {
    const query = { kinds, ...(await reachOf(ctx, tx, input.place)) }
    const total = await tx.trash.countNodes(query)
    const some = page.limit > 0 && page.offset < total
    const entries = some ? await tx.trash.nodes(query, sort, page) : []
    const views = await describeEntries(tx, entries)
    const ways = await tx.trash.waysTo([...new Set(entries.map(({ node }) => node.parentId ?? 0))])
    const { userId } = await viewerOf(ctx, tx)
    const root = userId === null || entries.length === 0 ? null : await ownRootOf(tx, userId)
    const items = views.map((view) => {
      const way = ways.get(view.node.parentId ?? 0) ?? []
      return { ...view, rootPath: root && rootPathOf(root, way, view.node) }
    })
    return { ...page, items, total }
  })
}

/** The rooms of a place in whose trash the actor may look. */
async function reachOf(
  ctx: Ctx,
  tx: Tx,
  place: NodeRef | null,
): Promise<Pick<TrashNodesQuery, 'roomIds' | 'below'>> {
  if (place === null) {
    const home = (await ownRoot(ctx, tx)) ?? fault('not-found', 'node', 'parent')
    return { roomIds: await openRooms(ctx, tx, home) }
  }
  const { node, permissions } = await visible(ctx, tx, place, 'parent')
  if (node.kind === 'file') fault('wrong-kind', 'node', 'parent')
  permit(permissions, READ_TRASH, 'parent')
  const roomIds = await openRooms(ctx, tx, node)
  return node.kind === 'room' ? { roomIds } : { roomIds, below: node.id }
}

async function openRooms(ctx: Ctx, tx: Tx, container: Node): Promise<number[]> {
  const inner = (await tx.nodes.roomsWithin(container.id)).map(({ id }) => id)
  const all = [container.boundaryId, ...inner]
  const { userId } = await viewerOf(ctx, tx)
  if (userId === null) return all
  const held = await tx.access.ofMany(all, userId, ctx.now)
  return all.filter((id) => has(held.get(id) ?? 0, READ_TRASH))
}
