import type { Ctx } from '../../core/ctx.ts'
import { fault } from '../../core/fault.ts'
import type { NodeRef } from '../../core/nodes/node.ts'
import { emptyTrash } from '../../core/trash/empty-trash.ts'
import { type DeletedView, listDeleted } from '../../core/trash/list-deleted.ts'
import { purgeDeleted } from '../../core/trash/purge-deleted.ts'
import { restoreNodes } from '../../core/trash/restore-nodes.ts'
import type { Row } from '../operation.ts'
import type { MediaRestoreIntoRequest, TrashedNode } from './generated/shapes.ts'
import { nodeRef } from './hub.ts'
import { nodeCode, readCode } from './ids.ts'
import { op } from './op.ts'
import { presentOutcomes, trashedNode } from './present-node.ts'
import { pageOf } from './query.ts'

/** The bin of a hub (dossier 13): what was deleted out of its room. */
export const mediaBinRows: Row[] = [
  op('media.show_bin', {
    auth: 'node',
    run: (ctx, { body }) =>
      listDeleted(ctx, {
        place: nodeRef(ctx, { hub_id: body.hub_id, nid: body.nid, p: body.p }),
        page: pageOf(body),
      }),
    reply: ({ items }) => items.map(presentDeleted),
  }),

  op('media.restore_into', {
    auth: 'node',
    changes: true,
    run: (ctx, { body }) =>
      restoreNodes(ctx, {
        nodes: deletedRefs(body.nid ?? body.nodes ?? body.list),
        target: nodeRef(ctx, targetOf(body), 'parent'),
        onClash: 'fail',
        keepLinks: true,
        mode: 'all',
      }),
    reply: (outcomes, _given, ctx) => presentOutcomes(ctx, outcomes),
  }),

  op('media.purge', {
    auth: 'node',
    changes: true,
    run: (ctx, { body }) =>
      purgeDeleted(ctx, {
        nodes: deletedRefs(body.nid ?? body.list),
        whole: true,
        mode: 'all',
      }),
    reply: (outcomes) => outcomes.flatMap(({ node }) => (node ? [nodeCode(node.id)] : [])),
  }),

  op('media.empty_bin', {
    auth: 'node',
    changes: true,
    run: (ctx, { body }) => emptyTrash(ctx, { room: hubRef(ctx, body) }),
    reply: (removed) => ({ status: 'completed', deleted_count: removed }),
  }),
]

type Named = string | { readonly nid: string }

/** Ids alone: what is deleted has no path any more. */
function deletedRefs(list: readonly Named[] = []): NodeRef[] {
  return list.map((one) => {
    const named = readCode(typeof one === 'string' ? one : one.nid)
    return named?.kind === 'node' ? { id: named.id } : fault('not-found', 'node')
  })
}

function targetOf({ pid, dest_id, recipient_id, hub_id }: MediaRestoreIntoRequest) {
  return { nid: pid ?? dest_id, hub_id: recipient_id ?? hub_id }
}

function hubRef(ctx: Ctx, { hub_id }: { readonly hub_id?: string }): NodeRef {
  return nodeRef(ctx, { hub_id }, 'room')
}

function presentDeleted(view: DeletedView): TrashedNode {
  return trashedNode(view.node, nodeCode(view.node.boundaryId), view.deletedAt)
}
