import type { Ctx } from '../ctx.ts'
import { type ListChildren, listChildren } from '../nodes/list-children.ts'
import { emptyTally, type NodeView, type Page } from '../nodes/node.ts'
import { READ_TRASH } from '../permissions/permission.ts'
import { describeEntries } from './describe-entries.ts'
import type { TrashEntryView } from './trash-entry.ts'
import type { TrashNodesQuery } from './trash-store.ts'

/** A page of what is and was in a container. */
export type ListingWithDeleted = Page<NodeView> & {
  readonly parent: NodeView | null
  /** How many are deleted: with the container's tally it changes with every change of the list. */
  readonly deleted: number
}

/**
 * `listChildren`, and after what is live what was deleted out of the container itself, newest
 * first, to who may read its trash (READ_TRASH; others get what is live). A constant number of
 * statements.
 */
export async function listWithDeleted(
  ctx: Ctx,
  input: ListChildren & { readonly parent: NonNullable<ListChildren['parent']> },
): Promise<ListingWithDeleted> {
  const live = await listChildren(ctx, input)
  const { parent, items, offset, limit } = live
  if (!parent || (parent.permissions & READ_TRASH) === 0) return { ...live, deleted: 0 }
  const { id, boundaryId } = parent.node
  const query: TrashNodesQuery = { roomIds: [boundaryId], kinds: kindsOf(input), parentId: id }
  const end = offset + limit
  const from = Math.max(offset, live.total)
  const slice = { offset: from - live.total, limit: Math.max(0, end - from) }
  return ctx.read(async (tx) => {
    const deleted = await tx.trash.countNodes(query)
    const total = live.total + deleted
    if (slice.limit === 0 || slice.offset >= deleted) return { ...live, total, deleted }
    const entries = await tx.trash.nodes(query, { by: 'deletedAt', descending: true }, slice)
    const views = await describeEntries(tx, entries)
    const gone = views.map((view) => deletedView(parent, view))
    return { ...live, items: [...items, ...gone], total, deleted }
  })
}

function kindsOf({ filter = {} }: ListChildren): TrashNodesQuery['kinds'] {
  const { kinds = ['folder', 'file'] } = filter
  return kinds.filter((kind) => kind === 'folder' || kind === 'file')
}

/** It was right in its container, so what holds there holds for it. */
function deletedView(parent: NodeView, view: TrashEntryView): NodeView {
  const { node, createdByPerson, updatedByPerson, classification, deletedAt } = view
  return {
    ...parent,
    node: { ...node, deletedAt },
    tally: { ...emptyTally, changedAt: deletedAt },
    createdBy: createdByPerson,
    updatedBy: updatedByPerson,
    ancestors: [...parent.ancestors, parent.node],
    rootPath: parent.rootPath && [...parent.rootPath, node.name],
    downloadLinks: 0,
    uploadLinks: 0,
    linkToken: null,
    classification,
    oldVersions: 0,
    comments: 0,
    isFavorite: false,
    mountId: null,
  }
}
