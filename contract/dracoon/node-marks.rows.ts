import type { ContractRow, Scene } from '../row.ts'
import { refusals } from './refusals.ts'
import { deleting, overwriting } from './trash.rows.ts'

const given = {
  '/f': 'folder',
  '/f/a.txt': { file: 'alpha' },
  '/b.txt': { file: 'beta' },
} as const

const at = (path: string) => (scene: Scene) => ({ params: { node_id: scene.id(path) } })
const marked = async (scene: Scene) => {
  await scene.call('addFavorite', 'reader', at('/b.txt')(scene))
}
const some =
  (isFavorite: boolean, ...paths: string[]) =>
  (scene: Scene) => ({
    body: { isFavorite, objectIds: paths.map((path) => scene.id(path)) },
  })
const favorite = { given, as: 'reader' } as const
const looks = (as: 'reader' | 'writer', wanted: boolean) => async (scene: Scene) => {
  const { body } = await scene.call('requestNode', as, at('/b.txt')(scene))
  const { isFavorite } = body as { isFavorite: boolean }
  if (isFavorite !== wanted) throw new Error(`isFavorite is ${isFavorite} for ${as}`)
}

const favoriteRows: readonly ContractRow[] = [
  {
    ...favorite,
    op: 'addFavorite',
    name: 'is seen by who set it, and by nobody else',
    send: at('/b.txt'),
    want: { status: 201, body: { name: 'b.txt', isFavorite: true } },
    then: async (scene) => {
      await looks('reader', true)(scene)
      await looks('writer', false)(scene)
    },
  },
  {
    ...favorite,
    op: 'addFavorite',
    name: 'twice',
    before: marked,
    send: at('/b.txt'),
    want: { status: 201, body: { isFavorite: true } },
  },
  {
    ...favorite,
    op: 'addFavorite',
    name: 'an id that is none',
    send: { params: { node_id: 'x' } },
    want: { status: 400, code: -80002 },
  },
  ...refusals({
    op: 'addFavorite',
    given,
    send: at('/b.txt'),
    forbidden: [],
    invisible: { status: 404, code: -41000 },
  }),
  {
    ...favorite,
    op: 'removeFavorite',
    name: 'an own one',
    before: marked,
    send: at('/b.txt'),
    want: { status: 204 },
    then: looks('reader', false),
  },
  {
    ...favorite,
    op: 'removeFavorite',
    name: 'what is none',
    send: at('/b.txt'),
    want: { status: 400, code: -41301 },
  },
  {
    ...favorite,
    op: 'removeFavorite',
    name: 'an id that is none',
    send: { params: { node_id: 'x' } },
    want: { status: 400, code: -80002 },
  },
  ...refusals({
    op: 'removeFavorite',
    given,
    send: at('/b.txt'),
    forbidden: [],
    invisible: { status: 404, code: -41000 },
  }),
  {
    ...favorite,
    op: 'updateFavorites',
    name: 'several at once',
    send: some(true, '/b.txt', '/f'),
    want: { status: 204 },
    then: looks('reader', true),
  },
  {
    ...favorite,
    op: 'updateFavorites',
    name: 'taking away what is none',
    before: marked,
    send: some(false, '/b.txt', '/f'),
    want: { status: 204 },
    then: looks('reader', false),
  },
  {
    ...favorite,
    op: 'updateFavorites',
    name: 'more than one call takes',
    send: {
      body: { isFavorite: true, objectIds: Array.from({ length: 10_001 }, (_, n) => n + 1) },
    },
    want: { status: 400, code: -80063 },
  },
  {
    ...favorite,
    op: 'updateFavorites',
    name: 'ids that are none',
    send: { body: { isFavorite: true, objectIds: ['x'] } },
    want: { status: 400, code: -80002 },
  },
  ...refusals({
    op: 'updateFavorites',
    given,
    send: some(true, '/b.txt'),
    forbidden: [],
    invisible: { status: 404, code: -41000 },
  }),
]

const ofFile = (scene: Scene) => ({ params: { reference_id: scene.nodeId('/b.txt') } })
const versions = { op: 'requestFileVersionList', given, as: 'writer' } as const

const versionRows: readonly ContractRow[] = [
  {
    ...versions,
    name: 'newest first, those in the bin too',
    before: overwriting('/b.txt', 'new'),
    send: ofFile,
    want: (scene) => ({
      status: 200,
      body: {
        range: { offset: 0, limit: 500, total: 2 },
        items: [
          { id: (id) => id === scene.kept.newId, deleted: false, name: 'b.txt' },
          { id: scene.id('/b.txt'), deleted: true, referenceId: scene.nodeId('/b.txt') },
        ],
      },
    }),
  },
  {
    ...versions,
    name: 'who may not read the bin sees the current one only',
    as: 'reader',
    before: overwriting('/b.txt', 'new'),
    send: ofFile,
    want: { status: 200, body: { range: { total: 1 }, items: [{ deleted: false }] } },
  },
  {
    ...versions,
    name: 'of a file in the bin',
    before: deleting('/b.txt'),
    send: ofFile,
    want: (scene) => ({
      status: 200,
      body: { items: [{ id: scene.id('/b.txt'), deleted: true, parentId: scene.id('/') }] },
    }),
  },
  ...(['member', 'stranger'] as const).map(
    (as): ContractRow => ({
      ...versions,
      name: `none for ${as}`,
      as,
      send: ofFile,
      want: { status: 200, body: { range: { total: 0 }, items: [] } },
    }),
  ),
  { ...versions, name: 'nobody', as: null, send: ofFile, want: { status: 401, code: -10012 } },
]

const files = { op: 'updateFiles', given, as: 'writer' } as const
const bulk =
  (body: object, ...paths: string[]) =>
  (scene: Scene) => ({
    body: { objectIds: paths.map((path) => scene.id(path)), ...body },
  })

const filesRows: readonly ContractRow[] = [
  {
    ...files,
    name: 'classification and end of two',
    send: bulk(
      {
        classification: 3,
        expiration: { enableExpiration: true, expireAt: '2100-01-01T00:00:00Z' },
      },
      '/b.txt',
      '/f/a.txt',
    ),
    want: { status: 204, events: ['node.changed', 'node.changed'] },
    then: async (scene) => {
      const { body } = await scene.call('requestNode', 'reader', at('/b.txt')(scene))
      const { classification, expireAt } = body as { classification: number; expireAt: string }
      if (classification !== 3 || expireAt !== '2100-01-01T00:00:00.000Z') {
        throw new Error(JSON.stringify(body))
      }
    },
  },
  {
    ...files,
    name: 'all or none: a folder among them',
    send: bulk({ classification: 3 }, '/b.txt', '/f'),
    want: { status: 404, code: -40751 },
  },
  {
    ...files,
    name: 'a class that there is not',
    send: bulk({ classification: 9 }, '/b.txt'),
    want: { status: 400, code: -40756 },
  },
  {
    ...files,
    name: 'an end in the past',
    send: bulk({ expiration: { enableExpiration: true, expireAt: '2001-01-01' } }, '/b.txt'),
    want: { status: 400, code: -80006 },
  },
  {
    ...files,
    name: 'a word where true or false is needed',
    send: bulk({ expiration: { enableExpiration: 'x' } }, '/b.txt'),
    want: { status: 400, code: -80005 },
  },
  {
    ...files,
    name: 'more than one call takes',
    send: { body: { objectIds: Array.from({ length: 10_001 }, (_, n) => n + 1) } },
    want: { status: 400, code: -80063 },
  },
  {
    ...files,
    name: 'ids that are none',
    send: { body: { objectIds: ['x'] } },
    want: { status: 400, code: -80002 },
  },
  ...refusals({
    op: 'updateFiles',
    given,
    send: bulk({ classification: 3 }, '/b.txt'),
    invisible: { status: 404, code: -41000 },
  }),
]

const inRoom = (op: string, id: (scene: Scene) => string | number) => (scene: Scene) => ({
  params: { room_id: id(scene) },
  ...(op === 'setRoomS3Tags' ? { body: { ids: [] } } : {}),
})

const tagRows: readonly ContractRow[] = ['requestRoomS3Tags', 'setRoomS3Tags'].flatMap(
  (op): ContractRow[] => [
    {
      op,
      given,
      as: 'manager',
      name: 'there are no tags here',
      send: inRoom(op, (scene) => scene.id('/')),
      want: { status: 412, code: -90032 },
    },
    {
      op,
      given,
      as: 'manager',
      name: 'of a folder',
      send: inRoom(op, (scene) => scene.id('/f')),
      want: { status: 404, code: -40000 },
    },
    {
      op,
      given,
      as: 'manager',
      name: 'an id that is none',
      send: inRoom(op, () => 'x'),
      want: { status: 400, code: -80002 },
    },
    ...refusals({
      op,
      given,
      send: inRoom(op, (scene) => scene.id('/')),
      forbidden: ['reader', 'writer'],
      invisible: { status: 404, code: -40000 },
    }),
  ],
)

export const nodeMarksRows: readonly ContractRow[] = [
  ...favoriteRows,
  ...versionRows,
  ...filesRows,
  ...tagRows,
]
