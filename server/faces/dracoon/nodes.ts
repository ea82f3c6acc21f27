import { changeNode } from '../../core/nodes/change-node.ts'
import { copyNodes } from '../../core/nodes/copy-nodes.ts'
import { createFolder } from '../../core/nodes/create-folder.ts'
import { deleteNodes } from '../../core/nodes/delete-nodes.ts'
import { findNode } from '../../core/nodes/find-node.ts'
import { listChildren } from '../../core/nodes/list-children.ts'
import { moveNodes } from '../../core/nodes/move-nodes.ts'
import type { NodeRef } from '../../core/nodes/node.ts'
import { nodeParents } from '../../core/nodes/node-parents.ts'
import type { PlaceNodes } from '../../core/nodes/place-nodes.ts'
import type { Row } from '../operation.ts'
import { readConflict } from './conflict.ts'
import { readExpiration } from './expiration.ts'
import type { CopyNodesRequest, MoveNode, MoveNodesRequest } from './generated/shapes.ts'
import { nodeRef, nodeRefs, parentRef } from './ids.ts'
import { readNodeFilter, readNodeSort } from './nodes-query.ts'
import { op } from './op.ts'
import { presentNode, presentRange } from './present-node.ts'
import { presentParents } from './present-parents.ts'
import { parseRange } from './query.ts'
import { refuseInput } from './refuse.ts'
import { readTimes } from './times.ts'

/** Looking at nodes, changing, removing, moving and copying them. Rooms are in rooms.ts. */
export const nodesRows: Row[] = [
  op('requestNodes', {
    auth: 'user',
    run: (ctx, { params }) =>
      listChildren(ctx, {
        parent: parentRef(params.parent_id),
        filter: readNodeFilter(params.filter),
        sort: readNodeSort(params.sort),
        page: parseRange(params),
        managedRooms: params.room_manager === true,
      }),
    reply: (page) => ({ range: presentRange(page), items: page.items.map(presentNode) }),
  }),

  op('requestNode', {
    auth: 'user',
    run: (ctx, { params }) => findNode(ctx, { node: nodeRef(params.node_id), keyStates: true }),
    reply: presentNode,
  }),

  op('requestNodeParents', {
    auth: 'user',
    run: (ctx, { params }) => nodeParents(ctx, { node: nodeRef(params.node_id) }),
    reply: presentParents,
  }),

  op('createFolder', {
    auth: 'user',
    run: (ctx, { body }) =>
      createFolder(ctx, {
        parent: nodeRef(body.parentId),
        name: body.name,
        notes: body.notes,
        classification: body.classification,
        ...readTimes(body),
      }),
    reply: presentNode,
  }),

  op('updateFolder', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      changeNode(ctx, {
        node: nodeRef(params.folder_id),
        kind: 'folder',
        change: {
          name: body.name,
          notes: body.notes,
          classification: body.classification,
          ...readTimes(body),
        },
      }),
    reply: presentNode,
  }),

  op('updateFile', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      changeNode(ctx, {
        node: nodeRef(params.file_id),
        kind: 'file',
        change: {
          name: body.name,
          notes: body.notes,
          classification: body.classification,
          expireAt: readExpiration(body.expiration),
          ...readTimes(body),
        },
      }),
    reply: presentNode,
  }),

  op('removeNodes', {
    auth: 'user',
    run: (ctx, { body }) =>
      deleteNodes(ctx, { nodes: someNodes(body.nodeIds), mode: 'all', sameParent: true }),
    reply: () => undefined,
  }),

  op('removeNode', {
    auth: 'user',
    run: (ctx, { params }) => deleteNodes(ctx, { nodes: [nodeRef(params.node_id)], mode: 'all' }),
    reply: () => undefined,
  }),

  op('moveNodes', {
    auth: 'user',
    run: (ctx, { params, body }) => moveNodes(ctx, placing(params.node_id, body)),
    reply: ({ target }) => presentNode(target),
  }),

  op('copyNodes', {
    auth: 'user',
    run: (ctx, { params, body }) => copyNodes(ctx, placing(params.node_id, body)),
    reply: ({ target }) => presentNode(target),
  }),
]

function someNodes(ids: readonly number[]): NodeRef[] {
  return ids.length === 0 ? refuseInput('body.nodeIds', 'required', 'it is empty') : nodeRefs(ids)
}

/** `items`, or the older `nodeIds`, of a move or copy. */
function placing(targetId: number, body: MoveNodesRequest | CopyNodesRequest): PlaceNodes {
  const items: readonly MoveNode[] = body.items ?? (body.nodeIds ?? []).map((id) => ({ id }))
  if (items.length === 0) return refuseInput('body.items', 'required', 'it is empty')
  return {
    items: items.map((item) => ({ node: nodeRef(item.id), name: item.name, ...readTimes(item) })),
    target: nodeRef(targetId),
    mode: 'all',
    sameParent: true,
    ...readConflict(body),
  }
}
