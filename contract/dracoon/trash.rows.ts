import type { ContractRow, Scene } from '../row.ts'
import { refusals } from './refusals.ts'

export const given = {
  '/f': 'folder',
  '/f/a.txt': { file: 'alpha' },
  '/b.txt': { file: 'beta' },
} as const

type Deleted = { readonly id: number }

/** Deletes nodes of the scene, one after the other, and keeps their ids. */
export const deleting =
  (...paths: string[]) =>
  async (scene: Scene) => {
    for (const path of paths) {
      const { status } = await scene.call('removeNode', 'writer', {
        params: { node_id: scene.id(path) },
      })
      if (status !== 204) throw new Error(`${path} is not deleted: ${status}`)
    }
  }

/** Overwrites a file with other bytes; its id before that stays the one of the old version. */
export const overwriting = (path: string, text: string) => async (scene: Scene) => {
  const at = path.lastIndexOf('/')
  const opened = await scene.call('createFileUploadChannel', 'writer', {
    body: { parentId: scene.id(path.slice(0, at) || '/'), name: path.slice(at + 1) },
  })
  const { uploadId } = opened.body as { uploadId: string }
  const params = { upload_id: uploadId }
  await scene.call('uploadFileAsMultipart', 'writer', { params, bytes: text })
  const body = { resolutionStrategy: 'overwrite' }
  const done = await scene.call('completeFileUpload', 'writer', { params, body })
  scene.kept.newId = (done.body as Deleted).id
}

export const inBin = { given, before: deleting('/f/a.txt', '/b.txt') } as const
const list = { op: 'requestDeletedNodesSummary', as: 'writer', ...inBin } as const
export const ofRoom = (query: object) => (scene: Scene) => ({
  params: { node_id: scene.id('/') },
  query: { ...query },
})
const names =
  (...wanted: string[]) =>
  (value: unknown) =>
    JSON.stringify((value as { name: string }[]).map(({ name }) => name)) === JSON.stringify(wanted)

const summaryRows: readonly ContractRow[] = [
  {
    ...list,
    name: 'one row for each name, by name',
    send: ofRoom({}),
    want: (scene) => ({
      status: 200,
      body: {
        range: { offset: 0, limit: 500, total: 2 },
        items: [
          {
            name: 'a.txt',
            type: 'file',
            parentId: scene.id('/f'),
            parentPath: `${scene.path('/f')}/`,
            cntVersions: 1,
            lastDeletedNodeId: scene.id('/f/a.txt'),
          },
          { name: 'b.txt', parentId: scene.id('/'), parentPath: `${scene.path('/')}/` },
        ],
      },
    }),
  },
  {
    ...list,
    name: 'what was overwritten is there too, with the number of versions',
    before: async (scene) => {
      await overwriting('/b.txt', 'two')(scene)
      await overwriting('/b.txt', 'three')(scene)
    },
    send: ofRoom({}),
    want: (scene) => ({
      status: 200,
      body: { items: [{ name: 'b.txt', cntVersions: 2, referenceId: scene.nodeId('/b.txt') }] },
    }),
  },
  ...(
    [
      ['name:cn:B.T', ['b.txt']],
      ['type:eq:folder', []],
      ['type:eq:folder:file|name:cn:a', ['a.txt']],
      ['parentPath:cn:/F/', ['a.txt']],
      ['timestampModification:ge:2020-01-01', ['a.txt', 'b.txt']],
      ['timestampCreation:le:2020-01-01T00:00:00.000Z', []],
    ] as const
  ).map(
    ([filter, wanted]): ContractRow => ({
      ...list,
      name: `filter ${filter}`,
      send: ofRoom({ filter }),
      want: { status: 200, body: { items: names(...wanted) } },
    }),
  ),
  ...(
    [
      ['name:desc', ['b.txt', 'a.txt']],
      ['parentPath:asc', ['b.txt', 'a.txt']],
      ['lastDeletedAt:desc', ['b.txt', 'a.txt']],
      ['firstDeletedAt:asc', ['a.txt', 'b.txt']],
      ['cntVersions:asc', ['a.txt', 'b.txt']],
      ['timestampCreation:asc', ['a.txt', 'b.txt']],
      ['timestampModification:asc', ['a.txt', 'b.txt']],
    ] as const
  ).map(
    ([sort, wanted]): ContractRow => ({
      ...list,
      name: `sort ${sort}`,
      send: ofRoom({ sort }),
      want: { status: 200, body: { items: names(...wanted) } },
    }),
  ),
  {
    ...list,
    name: 'a page',
    send: ofRoom({ offset: 1, limit: 1 }),
    want: {
      status: 200,
      body: { range: { offset: 1, limit: 1, total: 2 }, items: names('b.txt') },
    },
  },
  { ...list, name: 'an unknown field', send: ofRoom({ filter: 'x:eq:1' }), want: { status: 400 } },
  {
    ...list,
    name: 'an unknown operator',
    send: ofRoom({ filter: 'name:eq:a' }),
    want: { status: 400 },
  },
  { ...list, name: 'an unknown sort', send: ofRoom({ sort: 'size:asc' }), want: { status: 400 } },
  {
    ...list,
    name: 'a page that is too large',
    send: ofRoom({ limit: 501 }),
    want: { status: 400, code: -80024 },
  },
  {
    ...list,
    name: 'only rooms have a bin',
    send: (scene) => ({ params: { node_id: scene.id('/f') } }),
    want: { status: 400, code: -80065 },
  },
  {
    ...list,
    name: 'an id that is none',
    send: { params: { node_id: 'x' } },
    want: { status: 400, code: -80002 },
  },
  ...refusals({
    op: 'requestDeletedNodesSummary',
    ...inBin,
    send: ofRoom({}),
    invisible: { status: 404, code: -40000 },
  }),
]

const versionsOf =
  (query: object, at = '/') =>
  (scene: Scene) => ({
    params: { node_id: scene.id(at) },
    query: { type: 'file', name: 'b.txt', ...query },
  })
const older = async (scene: Scene) => {
  await overwriting('/b.txt', 'longer than before')(scene)
  await scene.call('removeNode', 'writer', { params: { node_id: String(scene.kept.newId) } })
}
const versions = {
  op: 'requestDeletedNodeVersions',
  as: 'writer',
  given,
  before: older,
} as const

const versionRows: readonly ContractRow[] = [
  {
    ...versions,
    name: 'every version, as they were deleted',
    send: versionsOf({}),
    want: (scene) => ({
      status: 200,
      body: {
        range: { total: 2 },
        items: [
          {
            id: scene.id('/b.txt'),
            referenceId: scene.nodeId('/b.txt'),
            name: 'b.txt',
            type: 'file',
            size: 4,
            createdBy: { userName: 'admin' },
            deletedBy: { userName: 'writer' },
            isEncrypted: false,
          },
          { id: (id) => id === scene.kept.newId, size: 18, createdBy: { userName: 'writer' } },
        ],
      },
    }),
  },
  ...[
    'expireAt',
    'accessedAt',
    'size',
    'classification',
    'createdAt',
    'createdBy',
    'updatedAt',
    'updatedBy',
    'deletedAt',
    'deletedBy',
  ].map(
    (field): ContractRow => ({
      ...versions,
      name: `sort ${field}`,
      send: versionsOf({ sort: `${field}:desc` }),
      want: (scene) => ({
        status: 200,
        body: { items: [{ id: (id) => id === scene.kept.newId }, { id: scene.id('/b.txt') }] },
      }),
    }),
  ),
  {
    ...versions,
    name: 'nothing of that name',
    send: versionsOf({ name: 'else' }),
    want: { status: 200, body: { range: { total: 0 }, items: [] } },
  },
  {
    ...versions,
    name: 'out of a folder that is deleted itself',
    before: deleting('/f/a.txt', '/f'),
    send: versionsOf({ name: 'a.txt' }, '/f'),
    want: (scene) => ({ status: 200, body: { items: [{ id: scene.id('/f/a.txt') }] } }),
  },
  {
    ...versions,
    name: 'a kind that there is not',
    send: versionsOf({ type: 'room' }),
    want: { status: 400 },
  },
  {
    ...versions,
    name: 'a page before the first',
    send: versionsOf({ offset: -1 }),
    want: { status: 400, code: -80024 },
  },
  {
    ...versions,
    name: 'an id that is none',
    send: { params: { node_id: 'x' }, query: { type: 'file', name: 'b.txt' } },
    want: { status: 400, code: -80002 },
  },
  ...refusals({
    op: 'requestDeletedNodeVersions',
    given,
    before: older,
    send: versionsOf({}),
    invisible: { status: 404, code: -40000 },
  }),
]

const oneOf = (path: string) => (scene: Scene) => ({ params: { deleted_node_id: scene.id(path) } })

const oneRows: readonly ContractRow[] = [
  {
    op: 'requestDeletedNode',
    as: 'writer',
    ...inBin,
    name: 'a file in the bin',
    send: oneOf('/f/a.txt'),
    want: (scene) => ({
      status: 200,
      body: { id: scene.id('/f/a.txt'), parentId: scene.id('/f'), size: 5, classification: 2 },
    }),
  },
  {
    op: 'requestDeletedNode',
    as: 'writer',
    given,
    before: deleting('/f'),
    name: 'a folder in the bin',
    send: oneOf('/f'),
    want: (scene) => ({ status: 200, body: { id: scene.id('/f'), type: 'folder' } }),
  },
  {
    op: 'requestDeletedNode',
    as: 'writer',
    given,
    name: 'something that is not in the bin',
    send: oneOf('/b.txt'),
    want: { status: 404, code: -41100 },
  },
  {
    op: 'requestDeletedNode',
    as: 'writer',
    given,
    name: 'an id that is none',
    send: { params: { deleted_node_id: 'x' } },
    want: { status: 400, code: -80002 },
  },
  ...refusals({
    op: 'requestDeletedNode',
    ...inBin,
    send: oneOf('/b.txt'),
    invisible: { status: 404, code: -41100 },
  }),
]

export const trashRows: readonly ContractRow[] = [...summaryRows, ...versionRows, ...oneRows]
