import type { Ctx } from '../../core/ctx.ts'
import { readFile } from '../../core/downloads/read-file.ts'
import { findNode } from '../../core/nodes/find-node.ts'
import { folderInfo } from '../../core/nodes/folder-info.ts'
import { listChildren } from '../../core/nodes/list-children.ts'
import { manifest } from '../../core/nodes/manifest.ts'
import { fileAnswer } from '../file-answer.ts'
import type { FaceRequest, Row } from '../operation.ts'
import type {
  MediaGetNodeAttrRequest,
  MediaOrigRequest,
  MediaShowNodeByRequest,
} from './generated/shapes.ts'
import { nodeRef, segments } from './hub.ts'
import { op, raw } from './op.ts'
import { presentManifest } from './present-lists.ts'
import { presentInfo, presentList, presentNode } from './present-node.ts'
import { pageOf, sortOf } from './query.ts'

export const mediaReadRows: Row[] = [
  browsing('media.show_node_by'),
  browsing('media.browse'),
  attributes('media.get_node_attr'),
  attributes('media.node_info'),
  attributes('media.attributes'),
  raw('media.orig', {
    auth: 'visit',
    run: async (ctx, { body }, request) =>
      fileAnswer(request, await readFile(ctx, fileIn(ctx, body, request))),
  }),
  raw('media.raw', {
    auth: 'visit',
    run: async (ctx, { body }, request) => {
      const file = await readFile(ctx, fileIn(ctx, body, request))
      return fileAnswer(request, file, { inline: body.d === 'inline' })
    },
  }),
  raw('media.read', {
    auth: 'anyone',
    run: async (ctx, { body }, request) => {
      const file = await readFile(ctx, fileIn(ctx, body, request))
      return fileAnswer(request, file, { inline: true })
    },
  }),
  op('media.info', {
    auth: 'anyone',
    run: (ctx, { body }) => folderInfo(ctx, { node: nodeRef(ctx, body), orFile: true }),
    reply: (info, _given, ctx) => presentInfo(ctx, info),
  }),
  op('media.manifest', {
    auth: 'node',
    run: (ctx, { body }) => manifest(ctx, { node: nodeRef(ctx, body) }),
    reply: (found, _given, ctx) => presentManifest(ctx, found),
  }),
]

/** Whoever asks with HEAD reads nothing. */
function fileIn(ctx: Ctx, body: MediaOrigRequest, { method }: FaceRequest) {
  return { node: nodeRef(ctx, body, 'target'), peek: method === 'HEAD' }
}

function browsing(id: 'media.show_node_by' | 'media.browse'): Row {
  return op(id, {
    auth: 'anyone',
    run: (ctx, { body }) => list(ctx, body),
    reply: ({ items, parent }, { body }, ctx) => presentList(ctx, items, parent, body.page ?? 1),
  })
}

function list(ctx: Ctx, body: MediaShowNodeByRequest) {
  return listChildren(ctx, {
    parent: nodeRef(ctx, body),
    includeMounts: true,
    sort: sortOf(body),
    page: pageOf(body),
  })
}

function attributes(id: 'media.get_node_attr' | 'media.node_info' | 'media.attributes'): Row {
  return op(id, {
    auth: 'anyone',
    run: (ctx, { body }) => findNode(ctx, { node: attributeRef(ctx, body) }),
    reply: (view, _given, ctx) => presentNode(ctx, view),
  })
}

/** `relpath` goes on from the node. */
function attributeRef(ctx: Ctx, body: MediaGetNodeAttrRequest) {
  const ref = nodeRef(ctx, body)
  const below = segments(ctx, body.relpath ?? '')
  if (below.length === 0) return ref
  if ('path' in ref) return { ...ref, path: [...ref.path, ...below] }
  return 'id' in ref ? { path: below, from: ref.id } : ref
}
