import type { LinkSort } from '../../core/links/link-store.ts'
import { listSubscribedLinks } from '../../core/subscriptions/list-subscribed-links.ts'
import { listSubscribedNodes } from '../../core/subscriptions/list-subscribed-nodes.ts'
import { type LinkSubscription, subscribeLinks } from '../../core/subscriptions/subscribe-links.ts'
import { subscribeNodes } from '../../core/subscriptions/subscribe-nodes.ts'
import type { NodeSubscription } from '../../core/subscriptions/subscription-store.ts'
import type { Answer, Row } from '../operation.ts'
import type {
  NotificationScopeList,
  SubscribedDownloadShare,
  SubscribedNode,
  SubscribedUploadShare,
} from './generated/shapes.ts'
import { nodeRef, nodeRefs } from './ids.ts'
import { op, raw } from './op.ts'
import { presentRange } from './present-node.ts'
import { integer, parseFilter, parseRange, parseSort } from './query.ts'
import { refuseInput } from './refuse.ts'

/** What can be subscribed to; the numbers are our own. */
export const scopes: NotificationScopeList = {
  items: [
    { id: 1, name: 'nodes' },
    { id: 2, name: 'downloadShares' },
    { id: 3, name: 'uploadShares' },
  ],
}

/** What a user wants to hear of (tag `user`). */
export const subscriptionRows: Row[] = [
  op('requestSubscriptionScopes', {
    auth: 'none',
    run: async () => scopes,
    reply: (list) => list,
  }),

  op('listNodeSubscriptions', {
    auth: 'user',
    run: (ctx, { params }) => {
      const { nodeId, authParentId } = parseFilter(params.filter, nodeFields)
      return listSubscribedNodes(ctx, {
        filter: { currentId: nodeId?.eq, boundaryId: authParentId?.eq },
        sort: parseSort(params.sort, nodeSorts),
        page: parseRange(params),
      })
    },
    reply: (page) => ({ range: presentRange(page), items: page.items.map(presentNodeOf) }),
  }),

  op('subscribeNode', {
    auth: 'user',
    run: (ctx, { params }) =>
      subscribeNodes(ctx, { nodes: [nodeRef(params.node_id)], subscribe: true }),
    reply: ([node]) => presentNodeOf(node!),
  }),

  op('unsubscribeNode', {
    auth: 'user',
    run: (ctx, { params }) =>
      subscribeNodes(ctx, { nodes: [nodeRef(params.node_id)], subscribe: false }),
    reply: () => undefined,
  }),

  raw('updateNodeSubscriptions', {
    auth: 'user',
    run: async (ctx, { body }) => {
      const { objectIds, isSubscribed } = body
      await subscribeNodes(ctx, { nodes: nodeRefs(bulk(objectIds)), subscribe: isSubscribed })
      return done(isSubscribed)
    },
  }),

  op('listDownloadShareSubscriptions', {
    auth: 'user',
    run: (ctx, { params }) => {
      const { downloadShareId, authParentId } = parseFilter(params.filter, downloadFields)
      return listSubscribedLinks(ctx, {
        filter: {
          kind: 'download',
          ids: listOf(downloadShareId?.eq),
          boundaryId: authParentId?.eq,
        },
        sort: readSort(params.sort, downloadSorts),
        page: parseRange(params),
      })
    },
    reply: (page) => ({ range: presentRange(page), items: page.items.map(presentDownload) }),
  }),

  op('subscribeDownloadShare', {
    auth: 'user',
    run: (ctx, { params }) => one(ctx, 'download', params.share_id, true),
    reply: ([link]) => presentDownload(link!),
  }),

  op('unsubscribeDownloadShare', {
    auth: 'user',
    run: (ctx, { params }) => one(ctx, 'download', params.share_id, false),
    reply: () => undefined,
  }),

  raw('subscribeDownloadShares', {
    auth: 'user',
    run: async (ctx, { body }) => {
      const { objectIds, isSubscribed } = body
      await subscribeLinks(ctx, { kind: 'download', ids: bulk(objectIds), subscribe: isSubscribed })
      return done(isSubscribed)
    },
  }),

  op('listUploadShareSubscriptions', {
    auth: 'user',
    run: (ctx, { params }) => {
      const { uploadShareId, targetNodeId } = parseFilter(params.filter, uploadFields)
      return listSubscribedLinks(ctx, {
        filter: { kind: 'upload', ids: listOf(uploadShareId?.eq), nodeId: targetNodeId?.eq },
        sort: readSort(params.sort, uploadSorts),
        page: parseRange(params),
      })
    },
    reply: (page) => ({ range: presentRange(page), items: page.items.map(presentUpload) }),
  }),

  op('subscribeUploadShare', {
    auth: 'user',
    run: (ctx, { params }) => one(ctx, 'upload', params.share_id, true),
    reply: ([link]) => presentUpload(link!),
  }),

  op('unsubscribeUploadShare', {
    auth: 'user',
    run: (ctx, { params }) => one(ctx, 'upload', params.share_id, false),
    reply: () => undefined,
  }),

  raw('subscribeUploadShares', {
    auth: 'user',
    run: async (ctx, { body }) => {
      const { objectIds, isSubscribed } = body
      await subscribeLinks(ctx, { kind: 'upload', ids: bulk(objectIds), subscribe: isSubscribed })
      return done(isSubscribed)
    },
  }),
]

const nodeFields = { nodeId: { eq: integer }, authParentId: { eq: integer } } as const
const downloadFields = { downloadShareId: { eq: integer }, authParentId: { eq: integer } } as const
const uploadFields = { uploadShareId: { eq: integer }, targetNodeId: { eq: integer } } as const
const nodeSorts = { nodeId: 'currentId', authParentId: 'boundaryId' } as const
const downloadSorts = { downloadShareId: 'id', authParentId: 'boundaryId' } as const
const uploadSorts = { uploadShareId: 'id', targetNodeId: 'nodeId' } as const

/** As many as the wire takes at once (dossier 10). */
const maxSubscriptions = 200

function bulk(ids: readonly number[]): readonly number[] {
  if (ids.length <= maxSubscriptions) return ids
  return refuseInput('body.objectIds', 'too-many', `more than ${maxSubscriptions} at once`)
}

const listOf = (id: number | undefined) => (id === undefined ? undefined : [id])

const readSort = (text: string | undefined, fields: Record<string, LinkSort['by']>): LinkSort[] =>
  parseSort(text, fields)

const one = (
  ctx: Parameters<typeof subscribeLinks>[0],
  kind: 'download' | 'upload',
  id: number,
  subscribe: boolean,
) => subscribeLinks(ctx, { kind, ids: [id], subscribe })

/** 201 for subscribing, 204 for ending it; no body in both. */
const done = (isSubscribed: boolean): Answer => ({
  status: isSubscribed ? 201 : 204,
  headers: { 'cache-control': 'no-store' },
})

const presentNodeOf = ({ currentId, kind, boundaryId }: NodeSubscription): SubscribedNode => ({
  id: currentId,
  type: kind === 'mount' ? 'room' : kind,
  authParentId: boundaryId,
})

const presentDownload = ({ link, boundaryId }: LinkSubscription): SubscribedDownloadShare => ({
  id: link.id,
  authParentId: boundaryId,
})

const presentUpload = ({ link }: LinkSubscription): SubscribedUploadShare => ({
  id: link.id,
  targetNodeId: link.nodeId,
})
