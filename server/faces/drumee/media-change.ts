import type { Ctx } from '../../core/ctx.ts'
import { changeNode } from '../../core/nodes/change-node.ts'
import { copyNodes } from '../../core/nodes/copy-nodes.ts'
import { createFolder } from '../../core/nodes/create-folder.ts'
import { deleteNodes } from '../../core/nodes/delete-nodes.ts'
import { moveNodes } from '../../core/nodes/move-nodes.ts'
import type { PlaceNodes } from '../../core/nodes/place-nodes.ts'
import type { Row } from '../operation.ts'
import type { MediaMakeDirRequest, MediaMoveRequest } from './generated/shapes.ts'
import { hubRoom, nodeRef, nodeRefs, segments } from './hub.ts'
import { readCode } from './ids.ts'
import { op } from './op.ts'
import { presentNode, presentOutcomes, presentTrashed } from './present-node.ts'

export const mediaChangeRows: Row[] = [
  op('media.make_dir', {
    auth: 'node',
    changes: true,
    run: (ctx, { body }) => createFolder(ctx, folderPlace(ctx, body)),
    reply: (view, _given, ctx) => presentNode(ctx, view),
  }),
  op('media.rename', {
    auth: 'node',
    changes: true,
    run: (ctx, { body }) =>
      changeNode(ctx, { node: nodeRef(ctx, body), change: { stem: body.filename } }),
    reply: (view, _given, ctx) => presentNode(ctx, view),
  }),
  moving('media.move'),
  moving('media.move_all'),
  copying('media.copy'),
  copying('media.copy_all'),
  op('media.trash', {
    auth: 'node',
    changes: true,
    run: (ctx, { body }) =>
      deleteNodes(ctx, {
        nodes: nodeRefs(ctx, namedIn(body), body.hub_id),
        mode: 'all',
        trashOnly: true,
      }),
    reply: (outcomes, { body }, ctx) => presentTrashed(ctx, outcomes, hubCode(body.hub_id)),
  }),
]

/** By name in a folder, or by a path in the hub, whose missing folders are made too. */
function folderPlace(ctx: Ctx, body: MediaMakeDirRequest) {
  if (body.ownpath === undefined || body.ownpath === '') {
    const parent = nodeRef(ctx, { ...body, nid: body.pid ?? body.nid }, 'parent')
    return { parent, name: body.dirname ?? '' }
  }
  const from = hubRoom(ctx, body.hub_id) ?? undefined
  return { path: segments(ctx, body.ownpath, 'ownpath'), from, createParents: true }
}

function moving(id: 'media.move' | 'media.move_all'): Row {
  return op(id, {
    auth: 'node',
    changes: true,
    run: (ctx, { body }) => moveNodes(ctx, placing(ctx, body)),
    reply: ({ outcomes }, _given, ctx) => presentOutcomes(ctx, outcomes),
  })
}

function copying(id: 'media.copy' | 'media.copy_all'): Row {
  return op(id, {
    auth: 'node',
    changes: true,
    run: (ctx, { body }) => copyNodes(ctx, placing(ctx, body)),
    reply: ({ outcomes }, _given, ctx) => presentOutcomes(ctx, outcomes),
  })
}

/** All or none; what has the name of something there gets a number. */
function placing(ctx: Ctx, body: MediaMoveRequest): PlaceNodes {
  const target = { nid: body.pid ?? body.dest_id, hub_id: body.recipient_id ?? body.hub_id }
  return {
    items: nodeRefs(ctx, namedIn(body), body.hub_id).map((node) => ({ node })),
    target: nodeRef(ctx, target, 'target'),
    onClash: 'rename',
    mode: 'all',
  }
}

function namedIn({ nid, nodes, list }: MediaMoveRequest) {
  return nid ?? nodes ?? list ?? []
}

function hubCode(hubId: string | undefined): string | undefined {
  return readCode(hubId ?? '') ? hubId?.trim().toLowerCase() : undefined
}
