import { nameKey } from '../../lib/names/name-key.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Node, NodeRef, Page, PageRequest } from '../nodes/node.ts'
import { checkedPage } from '../pages/checked-page.ts'
import { READ_TRASH } from '../permissions/permission.ts'
import { permit, visible } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { deletedEntry, notThere, trashRoom } from './deleted-entry.ts'
import { describeEntries, pathsOf } from './describe-entries.ts'
import type { TrashEntryView, TrashGroupView } from './trash-entry.ts'
import type { TrashEntrySort, TrashFilter, TrashGroupSort } from './trash-store.ts'

export type ListTrash = {
  readonly room: NodeRef
  readonly filter?: TrashFilter
  /** Default: by name. Folders come first in any case. */
  readonly sort?: TrashGroupSort
  /** A limit above `limits.pageItems` means that one. */
  readonly page: PageRequest
}

/**
 * What is in the trash of a room, one row for each name and kind in each container: READ_TRASH. A
 * folder or file is 'wrong-kind' 'node' 'room'.
 */
export async function listTrash(ctx: Ctx, input: ListTrash): Promise<Page<TrashGroupView>> {
  const page = checkedPage(ctx, input.page)
  const { filter = {}, sort = { by: 'name', descending: false } } = input
  return ctx.read(async (tx) => {
    const { node, permissions } = await visible(ctx, tx, input.room, 'room')
    if (node.kind !== 'room') fault('wrong-kind', 'node', 'room', { rule: 'no-room' })
    permit(permissions, READ_TRASH)
    const total = await tx.trash.countGroups(node.id, filter)
    const some = page.limit > 0 && page.offset < total
    const groups = some ? await tx.trash.groups(node.id, filter, sort, page) : []
    const paths = await pathsOf(
      tx,
      groups.map(({ parentId }) => parentId),
    )
    const items = groups.map((group) => ({
      ...group,
      parentPath: paths.get(group.parentId) ?? [],
    }))
    return { ...page, items, total }
  })
}

export type ListTrashVersions = {
  /** The room or folder out of which they were deleted; it may be deleted itself. */
  readonly parent: NodeRef
  readonly name: string
  readonly kind: 'folder' | 'file'
  /** Default: as they were deleted. */
  readonly sort?: TrashEntrySort
  readonly page: PageRequest
}

/** Everything of one name and kind that was deleted out of one container: READ_TRASH. */
export async function listTrashVersions(
  ctx: Ctx,
  input: ListTrashVersions,
): Promise<Page<TrashEntryView>> {
  const page = checkedPage(ctx, input.page)
  const { kind, sort = { by: 'deletedAt', descending: false } } = input
  return ctx.read(async (tx) => {
    const parent = await containerOf(ctx, tx, input.parent)
    const key = nameKey(input.name)
    const place = { roomId: parent.boundaryId, parentId: parent.id, kind, nameKey: key }
    const total = await tx.trash.countEntries(place)
    const some = page.limit > 0 && page.offset < total
    const entries = some ? await tx.trash.entries(place, sort, page) : []
    return { ...page, items: await describeEntries(tx, entries), total }
  })
}

/** One thing in the trash: READ_TRASH. Faults as of `deletedEntry`. */
export async function findDeleted(
  ctx: Ctx,
  input: { readonly node: NodeRef },
): Promise<TrashEntryView> {
  return ctx.read(async (tx) => {
    const entry = await deletedEntry(ctx, tx, input.node, READ_TRASH)
    const [view] = await describeEntries(tx, [entry])
    return view ?? notThere()
  })
}

/** A container that may be in the trash itself, in a room whose trash the actor may read. */
async function containerOf(ctx: Ctx, tx: Tx, ref: NodeRef): Promise<Node> {
  if ('path' in ref) {
    const { node, permissions } = await visible(ctx, tx, ref, 'parent')
    permit(permissions, READ_TRASH)
    return node
  }
  const id = 'id' in ref ? ref.id : ref.currentId
  const isId = Number.isSafeInteger(id) && id > 0
  const container = isId ? await tx.trash.findContainer(id) : undefined
  const room = container && (await trashRoom(ctx, tx, container))
  if (!room) return fault('not-found', 'node', 'parent')
  permit(room.permissions, READ_TRASH)
  return container
}
