import { setFavorites } from '../../core/favorites/set-favorites.ts'
import { changeNodes } from '../../core/nodes/change-nodes.ts'
import { roomTags } from '../../core/nodes/room-tags.ts'
import { fileVersions } from '../../core/versions/list-versions.ts'
import type { Row } from '../operation.ts'
import { readExpiration } from './expiration.ts'
import { nodeRef, nodeRefs } from './ids.ts'
import { op } from './op.ts'
import { presentNode, presentRange } from './present-node.ts'
import { parseRange } from './query.ts'

/** Favourites, versions of one file, several files at once, tags of the byte store. */
export const nodeMarksRows: Row[] = [
  op('addFavorite', {
    auth: 'user',
    run: (ctx, { params }) =>
      setFavorites(ctx, { nodes: [nodeRef(params.node_id)], favorite: true }),
    reply: ([view]) => presentNode(view!),
  }),

  op('removeFavorite', {
    auth: 'user',
    run: (ctx, { params }) =>
      setFavorites(ctx, { nodes: [nodeRef(params.node_id)], favorite: false, mustBe: true }),
    reply: () => undefined,
  }),

  op('updateFavorites', {
    auth: 'user',
    run: (ctx, { body }) =>
      setFavorites(ctx, { nodes: nodeRefs(body.objectIds), favorite: body.isFavorite }),
    reply: () => undefined,
  }),

  op('requestFileVersionList', {
    auth: 'user',
    run: (ctx, { params }) =>
      fileVersions(ctx, { fileId: params.reference_id, page: parseRange(params) }),
    reply: (page) => ({
      range: presentRange(page),
      items: page.items.map((version) => ({
        id: version.id,
        referenceId: version.nodeId,
        parentId: page.node?.parentId ?? undefined,
        name: page.node?.name ?? '',
        deleted: version.isDeleted,
      })),
    }),
  }),

  op('updateFiles', {
    auth: 'user',
    run: (ctx, { body }) =>
      changeNodes(ctx, {
        nodes: nodeRefs(body.objectIds),
        kind: 'file',
        change: {
          classification: body.classification,
          expireAt: readExpiration(body.expiration),
        },
      }),
    reply: () => undefined,
  }),

  op('requestRoomS3Tags', {
    auth: 'user',
    run: (ctx, { params }) => roomTags(ctx, { room: nodeRef(params.room_id) }),
    reply: () => ({ items: [] }),
  }),

  op('setRoomS3Tags', {
    auth: 'user',
    run: (ctx, { params }) => roomTags(ctx, { room: nodeRef(params.room_id) }),
    reply: () => ({ items: [] }),
  }),
]
