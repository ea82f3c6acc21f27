import { MANAGE_UPLOAD_LINKS } from '../../server/core/permissions/permission.ts'
import { setRoomGrants } from '../../server/core/permissions/set-room-grants.ts'
import type { ContractRow, Scene } from '../row.ts'
import { nothing } from './sample-call.ts'
import { downloadShare, ofShare, shareTree, uploadShare } from './share-scene.ts'

const given = shareTree
const reader = { as: 'reader', given } as const
const writer = { as: 'writer', given } as const

const ofNode = (path: string) => (scene: Scene) => ({ params: { node_id: scene.id(path) } })
const many = (isSubscribed: boolean, ids: (scene: Scene) => unknown[]) => (scene: Scene) => ({
  body: { isSubscribed, objectIds: ids(scene) },
})
const paths =
  (...names: string[]) =>
  (scene: Scene) =>
    names.map((name) => scene.id(name))
const tooMany = () => Array.from({ length: 201 }, (_, at) => nothing + at)

const subscribed = (path: string) => async (scene: Scene) => {
  await scene.call('subscribeNode', 'reader', ofNode(path)(scene))
}

const nodes: readonly ContractRow[] = [
  {
    ...reader,
    op: 'subscribeNode',
    name: 'a file that may be read',
    send: ofNode('/a.txt'),
    want: (scene) => ({
      status: 201,
      body: { id: scene.id('/a.txt'), type: 'file', authParentId: scene.id('/') },
    }),
  },
  {
    ...reader,
    op: 'subscribeNode',
    name: 'twice is as good as once',
    before: subscribed('/f'),
    send: ofNode('/f'),
    want: { status: 201, body: { type: 'folder' } },
  },
  {
    op: 'subscribeNode',
    name: 'not what is not seen',
    as: 'member',
    given,
    send: ofNode('/f'),
    want: { status: 404, code: -41000 },
  },
  {
    ...reader,
    op: 'listNodeSubscriptions',
    name: 'what was subscribed in this room',
    before: subscribed('/f'),
    send: (scene) => ({
      query: { filter: `authParentId:eq:${scene.id('/')}`, sort: 'nodeId:desc' },
    }),
    want: (scene) => ({
      status: 200,
      body: {
        range: { total: 1 },
        items: [{ id: scene.id('/f'), type: 'folder', authParentId: scene.id('/') }],
      },
    }),
  },
  {
    ...reader,
    op: 'listNodeSubscriptions',
    name: 'not what was deleted since',
    before: async (scene) => {
      await subscribed('/f')(scene)
      await scene.call('removeNode', 'writer', ofNode('/f')(scene))
    },
    send: (scene) => ({ query: { filter: `nodeId:eq:${scene.id('/f')}` } }),
    want: { status: 200, body: { range: { total: 0 }, items: [] } },
  },
  {
    ...reader,
    op: 'unsubscribeNode',
    name: 'ends it',
    before: subscribed('/f'),
    send: ofNode('/f'),
    want: { status: 204 },
    then: async (scene) => {
      const query = { filter: `nodeId:eq:${scene.id('/f')}` }
      const { body } = await scene.call('listNodeSubscriptions', 'reader', { query })
      if ((body as { items: unknown[] }).items.length > 0) throw new Error('it is still there')
    },
  },
  {
    op: 'unsubscribeNode',
    name: 'not what is not seen',
    as: 'member',
    given,
    send: ofNode('/f'),
    want: { status: 404, code: -41000 },
  },
  {
    ...reader,
    op: 'updateNodeSubscriptions',
    name: 'several at once',
    send: many(true, paths('/a.txt', '/f', '/')),
    want: { status: 201 },
  },
  {
    ...reader,
    op: 'updateNodeSubscriptions',
    name: 'several no more',
    send: many(false, paths('/a.txt', '/f')),
    want: { status: 204 },
  },
  {
    ...reader,
    op: 'updateNodeSubscriptions',
    name: 'all or none',
    send: many(true, (scene) => [scene.id('/f'), nothing]),
    want: { status: 404, code: -41000 },
  },
  {
    ...reader,
    op: 'updateNodeSubscriptions',
    name: 'not more than the limit',
    send: many(true, tooMany),
    want: { status: 400, code: -80063 },
  },
]

/** Who sees a node and may not read it. */
const unread: readonly ContractRow[] = (
  [
    ['subscribeNode', ofNode('/f')],
    ['unsubscribeNode', ofNode('/f')],
    ['updateNodeSubscriptions', many(true, paths('/f'))],
  ] as const
).map(([op, send]) => ({
  op,
  name: 'not what may not be read',
  as: 'member',
  given,
  before: async (scene) => {
    const grants = [{ userId: scene.userId('member'), permissions: MANAGE_UPLOAD_LINKS }]
    await setRoomGrants(scene.core('manager'), { room: { id: scene.nodeId('/') }, grants })
  },
  send,
  want: { status: 403, body: { errorCode: undefined } },
}))

type Kind = {
  readonly word: 'DownloadShare' | 'UploadShare'
  readonly make: (scene: Scene) => Promise<void>
  readonly missing: number
  readonly filter: string
}

const kinds: readonly Kind[] = [
  { word: 'DownloadShare', make: downloadShare(), missing: -60000, filter: 'downloadShareId' },
  { word: 'UploadShare', make: uploadShare(), missing: -60500, filter: 'uploadShareId' },
]

const idOf = (scene: Scene) => Number(scene.kept.id)

const subscribedTo = (word: Kind['word'], make: Kind['make']) => async (scene: Scene) => {
  await make(scene)
  await scene.call(`subscribe${word}`, 'writer', ofShare()(scene))
}

const ofKind = ({ word, make, missing, filter }: Kind): readonly ContractRow[] => {
  const before = subscribedTo(word, make)
  return [
    {
      ...writer,
      op: `subscribe${word}`,
      name: 'a share that may be managed',
      before: make,
      send: ofShare(),
      want: (scene) => ({ status: 201, body: { id: Number(scene.kept.id ?? 1) } }),
    },
    ...(['reader', 'member'] as const).map(
      (as): ContractRow => ({
        ...reader,
        as,
        op: `subscribe${word}`,
        name: `not one of others, ${as}`,
        before: make,
        send: ofShare(),
        want: as === 'reader' ? { status: 403 } : { status: 404, code: missing },
      }),
    ),
    {
      ...writer,
      op: `list${word}Subscriptions`,
      name: 'one by its id',
      before,
      send: (scene) => ({
        query: { filter: `${filter}:eq:${idOf(scene)}`, sort: `${filter}:asc` },
      }),
      want: { status: 200, body: { range: { total: 1 } } },
    },
    {
      ...writer,
      op: `list${word}Subscriptions`,
      name: 'not one that is gone',
      before: async (scene) => {
        await before(scene)
        await scene.call(`remove${word}`, 'writer', ofShare()(scene))
      },
      send: (scene) => ({ query: { filter: `${filter}:eq:${idOf(scene)}` } }),
      want: { status: 200, body: { range: { total: 0 }, items: [] } },
    },
  ]
}

function endingOf({ word, make, missing }: Kind): readonly ContractRow[] {
  const before = subscribedTo(word, make)
  const bulk = { ...writer, op: `subscribe${word}s` } as const
  return [
    {
      ...writer,
      op: `unsubscribe${word}`,
      name: 'ends it',
      before,
      send: ofShare(),
      want: { status: 204 },
    },
    ...(['reader', 'member'] as const).map(
      (as): ContractRow => ({
        ...reader,
        as,
        op: `unsubscribe${word}`,
        name: `not one of others, ${as}`,
        before,
        send: ofShare(),
        want: as === 'reader' ? { status: 403 } : { status: 404, code: missing },
      }),
    ),
    {
      ...bulk,
      name: 'several at once',
      before: make,
      send: many(true, (scene) => [idOf(scene)]),
      want: { status: 201 },
    },
    {
      ...bulk,
      name: 'several no more',
      before,
      send: many(false, (scene) => [idOf(scene)]),
      want: { status: 204 },
    },
    {
      ...bulk,
      name: 'all or none',
      before: make,
      send: many(true, (scene) => [idOf(scene), nothing]),
      want: { status: 404, code: missing },
    },
    {
      ...bulk,
      name: 'not more than the limit',
      send: many(true, tooMany),
      want: { status: 400, code: -80063 },
    },
  ]
}

/** What users want to hear of. */
export const subscriptionsRows: readonly ContractRow[] = [
  {
    op: 'requestSubscriptionScopes',
    name: 'what there is to subscribe to',
    as: null,
    want: { status: 200, body: { items: (items) => Array.isArray(items) && items.length === 3 } },
  },
  ...nodes,
  ...unread,
  ...kinds.flatMap((kind) => [...ofKind(kind), ...endingOf(kind)]),
]
