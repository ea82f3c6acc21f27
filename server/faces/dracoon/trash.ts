import { emptyTrash } from '../../core/trash/empty-trash.ts'
import { findDeleted, listTrash, listTrashVersions } from '../../core/trash/list-trash.ts'
import { purgeDeleted } from '../../core/trash/purge-deleted.ts'
import { restoreNodes } from '../../core/trash/restore-nodes.ts'
import type { Row } from '../operation.ts'
import { readConflict } from './conflict.ts'
import { nodeRef, nodeRefs } from './ids.ts'
import { op } from './op.ts'
import { presentDeletedNode, presentDeletedSummary } from './present-deleted.ts'
import { presentRange } from './present-node.ts'
import { parseRange, word } from './query.ts'
import { refuseInput } from './refuse.ts'
import { readTrashFilter, readTrashSort, readTrashVersionSort } from './trash-query.ts'

/** The recycle bins of rooms. An id there is that of one version; folders keep their own. */
export const trashRows: Row[] = [
  op('requestDeletedNodesSummary', {
    auth: 'user',
    run: (ctx, { params }) =>
      listTrash(ctx, {
        room: nodeRef(params.node_id),
        filter: readTrashFilter(params.filter),
        sort: readTrashSort(params.sort),
        page: parseRange(params),
      }),
    reply: (page) => ({ range: presentRange(page), items: page.items.map(presentDeletedSummary) }),
  }),

  op('requestDeletedNodeVersions', {
    auth: 'user',
    run: (ctx, { params }) =>
      listTrashVersions(ctx, {
        parent: nodeRef(params.node_id),
        name: params.name,
        kind: kindOf(params.type, 'query.type'),
        sort: readTrashVersionSort(params.sort),
        page: parseRange(params),
      }),
    reply: (page) => ({ range: presentRange(page), items: page.items.map(presentDeletedNode) }),
  }),

  op('requestDeletedNode', {
    auth: 'user',
    run: (ctx, { params }) => findDeleted(ctx, { node: nodeRef(params.deleted_node_id) }),
    reply: presentDeletedNode,
  }),

  op('restoreNodes', {
    auth: 'user',
    run: (ctx, { body }) =>
      restoreNodes(ctx, {
        nodes: someDeleted(body.deletedNodeIds),
        target: body.parentId === undefined ? undefined : nodeRef(body.parentId),
        mode: 'all',
        ...readConflict(body),
      }),
    reply: () => undefined,
  }),

  op('removeDeletedNodes', {
    auth: 'user',
    run: (ctx, { body }) =>
      purgeDeleted(ctx, { nodes: someDeleted(body.deletedNodeIds), mode: 'all' }),
    reply: () => undefined,
  }),

  op('emptyDeletedNodes', {
    auth: 'user',
    run: (ctx, { params }) => emptyTrash(ctx, { room: nodeRef(params.node_id) }),
    reply: () => undefined,
  }),
]

const kindOf = word<'folder' | 'file'>({ folder: 'folder', file: 'file' })

function someDeleted(ids: readonly number[]) {
  return ids.length === 0
    ? refuseInput('body.deletedNodeIds', 'required', 'it is empty')
    : nodeRefs(ids)
}
