import type { ContractRow, Scene } from '../row.ts'
import { refusals } from './refusals.ts'

const tree = {
  '/sub': 'room',
  '/letters': 'folder',
  '/letters/a.txt': { file: 'aaa' },
  '/b.pdf': { file: 'bb' },
} as const

type Item = { id: number; name: string }
const names = (body: unknown) => (body as { items: Item[] }).items.map((item) => item.name)
const inRoom = (query: Record<string, string | number> = {}) => ({
  send: (scene: Scene) => ({ query: { parent_id: scene.id('/'), ...query } }),
})
const listed = (...wanted: string[]) => ({
  status: 200,
  body: (body: unknown) => JSON.stringify(names(body)) === JSON.stringify(wanted),
})
const list = { op: 'requestNodes', as: 'reader', given: tree } as const
const badRange = { status: 400, code: -80024 }

/** Looking at nodes: lists, single ones, the way to them. */
export const nodesRows: readonly ContractRow[] = [
  {
    ...list,
    name: 'rooms, folders, files, each by name',
    ...inRoom(),
    want: (scene) => ({
      status: 200,
      body: {
        range: { offset: 0, total: 3 },
        items: [
          { id: scene.id('/sub'), type: 'room', inheritPermissions: true },
          {
            id: scene.id('/letters'),
            type: 'folder',
            cntFiles: 1,
            size: 3,
            parentId: scene.id('/'),
            authParentId: scene.id('/'),
            permissions: { read: true, create: false, manage: false },
          },
          {
            id: scene.id('/b.pdf'),
            type: 'file',
            size: 2,
            hash: '21ad0bd836b90d08f4cf640b4c298e7c',
            fileType: 'pdf',
            mediaType: 'application/pdf',
            createdBy: { userName: 'admin', userType: 'internal' },
          },
        ],
      },
    }),
  },
  {
    ...list,
    name: 'the top level shows the rooms that one may enter',
    send: { query: { parent_id: 0, limit: 500 } },
    want: (scene) => ({
      status: 200,
      body: (body) => (body as { items: Item[] }).items.some(({ id }) => id === scene.id('/')),
    }),
  },
  {
    ...list,
    as: 'member',
    name: 'the top level does not show other rooms',
    send: {},
    want: (scene) => ({
      status: 200,
      body: (body) => (body as { items: Item[] }).items.every(({ id }) => id !== scene.id('/')),
    }),
  },
  {
    ...list,
    name: 'type',
    ...inRoom({ filter: 'type:eq:room:folder' }),
    want: listed('sub', 'letters'),
  },
  {
    ...list,
    name: 'name contains, in any case',
    ...inRoom({ filter: 'name:cn:ETT' }),
    want: listed('letters'),
  },
  {
    ...list,
    name: 'name is',
    ...inRoom({ filter: 'type:eq:file|name:eq:b.pdf' }),
    want: listed('b.pdf'),
  },
  {
    ...list,
    name: 'a permission that is held',
    ...inRoom({ filter: 'perm:eq:manage:read' }),
    want: listed('sub', 'letters', 'b.pdf'),
  },
  {
    ...list,
    name: 'a permission that is not held',
    ...inRoom({ filter: 'perm:eq:create' }),
    want: listed(),
  },
  {
    ...list,
    name: 'permission and child permission',
    ...inRoom({ filter: 'perm:eq:read|childPerm:eq:read:change' }),
    want: listed('sub', 'letters', 'b.pdf'),
  },
  {
    ...list,
    name: 'nothing is encrypted',
    ...inRoom({ filter: 'encrypted:eq:true' }),
    want: listed(),
  },
  {
    ...list,
    name: 'all is plain',
    ...inRoom({ filter: 'encrypted:eq:false' }),
    want: listed('sub', 'letters', 'b.pdf'),
  },
  {
    ...list,
    name: 'branch version from',
    ...inRoom({ filter: 'branchVersion:ge:9007199254740000' }),
    want: listed(),
  },
  {
    ...list,
    name: 'branch version between',
    ...inRoom({ filter: 'branchVersion:ge:1|branchVersion:le:9007199254740000' }),
    want: listed('sub', 'letters', 'b.pdf'),
  },
  {
    ...list,
    name: 'source time with colons',
    ...inRoom({ filter: 'timestampCreation:ge:2016-12-31T23:00:00.123|type:eq:file' }),
    want: listed('b.pdf'),
  },
  {
    ...list,
    name: 'source time until a day',
    ...inRoom({ filter: 'timestampModification:le:2016-12-31' }),
    want: listed(),
  },
  {
    ...list,
    name: 'reference id',
    send: (scene) => ({
      query: { parent_id: scene.id('/'), filter: `referenceId:eq:${scene.nodeId('/b.pdf')}` },
    }),
    want: listed('b.pdf'),
  },
  {
    ...list,
    name: 'backwards, kinds stay in order',
    given: { ...tree, '/c.txt': { file: 'c' } },
    ...inRoom({ sort: 'name:desc' }),
    want: listed('sub', 'letters', 'c.txt', 'b.pdf'),
  },
  {
    ...list,
    name: 'by size',
    given: { ...tree, '/c.txt': { file: 'c' } },
    ...inRoom({ sort: 'size:asc', filter: 'type:eq:file' }),
    want: listed('c.txt', 'b.pdf'),
  },
  {
    ...list,
    name: 'a page',
    ...inRoom({ offset: 1, limit: 1 }),
    want: {
      status: 200,
      body: { range: { offset: 1, limit: 1, total: 3 }, items: [{ name: 'letters' }] },
    },
  },
  {
    ...list,
    name: 'a page beyond the end',
    ...inRoom({ offset: 7 }),
    want: { status: 200, body: { range: { offset: 7, total: 3 }, items: [] } },
  },
  { ...list, name: 'a negative offset', ...inRoom({ offset: -1 }), want: badRange },
  { ...list, name: 'a limit above 500', ...inRoom({ limit: 501 }), want: badRange },
  { ...list, name: 'a limit that is no number', ...inRoom({ limit: 'x' }), want: badRange },
  {
    ...list,
    name: 'an unknown filter field',
    ...inRoom({ filter: 'smell:eq:x' }),
    want: { status: 400 },
  },
  {
    ...list,
    name: 'an unknown sort field',
    ...inRoom({ sort: 'smell:asc' }),
    want: { status: 400 },
  },
  {
    ...list,
    name: 'a file has no list',
    send: (scene) => ({ query: { parent_id: scene.id('/b.pdf') } }),
    want: { status: 404, code: -40000 },
  },
  ...refusals({
    op: 'requestNodes',
    given: tree,
    ...inRoom(),
    forbidden: [],
    invisible: { status: 404, code: -40000 },
  }),
  {
    op: 'requestNode',
    name: 'a file with everything that clients read',
    as: 'reader',
    given: tree,
    send: (scene) => ({ params: { node_id: scene.id('/letters/a.txt') } }),
    want: (scene) => ({
      status: 200,
      body: {
        id: scene.id('/letters/a.txt'),
        referenceId: scene.nodeId('/letters/a.txt'),
        type: 'file',
        name: 'a.txt',
        parentId: scene.id('/letters'),
        parentPath: (path) => String(path).endsWith('/letters/') && String(path).startsWith('/'),
        authParentId: scene.id('/'),
        size: 3,
        isEncrypted: false,
        isFavorite: false,
        cntDeletedVersions: 0,
        classification: 2,
        createdAt: (date) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(String(date)),
      },
    }),
  },
  {
    op: 'requestNode',
    name: 'the classification of the room',
    as: 'reader',
    given: tree,
    before: async (scene) => {
      const send = { params: { room_id: scene.id('/') }, body: { classification: 4 } }
      await scene.call('configureRoom', 'manager', send)
    },
    send: (scene) => ({ params: { node_id: scene.id('/letters/a.txt') } }),
    want: { status: 200, body: { classification: 4 } },
  },
  {
    op: 'requestNode',
    name: 'dates in the wished format',
    as: 'reader',
    send: (scene) => ({
      params: { node_id: scene.id('/') },
      headers: { 'X-Sds-Date-Format': 'OFFSET' },
    }),
    want: { status: 200, body: { createdAt: (date) => String(date).endsWith('+00:00') } },
  },
  {
    op: 'requestNode',
    name: 'the older token header',
    as: null,
    before: async (scene) => {
      const login = { userName: 'reader', password: 'correct-horse-battery', authType: 'basic' }
      const { body } = await scene.call('login', null, { body: login })
      scene.kept.token = (body as { token: string }).token
    },
    send: (scene) => ({
      params: { node_id: scene.id('/') },
      headers: { 'X-Sds-Auth-Token': String(scene.kept.token) },
    }),
    want: { status: 200, events: [] },
  },
  {
    op: 'requestNode',
    name: 'no such node',
    as: 'admin',
    send: { params: { node_id: 8888888 } },
    want: { status: 404, code: -41000 },
  },
  {
    op: 'requestNode',
    name: 'an id that is no number',
    as: 'admin',
    send: { params: { node_id: 'x' } },
    want: { status: 400, code: -80002 },
  },
  {
    op: 'requestNode',
    name: 'an answer that it cannot give',
    as: 'admin',
    send: { params: { node_id: 1 }, headers: { accept: 'text/html' } },
    want: { status: 406 },
  },
  ...refusals({
    op: 'requestNode',
    given: tree,
    send: (scene) => ({ params: { node_id: scene.id('/letters/a.txt') } }),
    forbidden: [],
    invisible: { status: 404, code: -41000 },
  }),
  {
    op: 'requestNodeParents',
    name: 'from the top room down',
    as: 'reader',
    given: tree,
    send: (scene) => ({ params: { node_id: scene.id('/letters/a.txt') } }),
    want: (scene) => ({
      status: 200,
      body: {
        items: [
          { id: scene.id('/'), type: 'room', parentId: undefined },
          { id: scene.id('/letters'), type: 'folder', name: 'letters', parentId: scene.id('/') },
        ],
      },
    }),
  },
  {
    op: 'requestNodeParents',
    name: 'a top room has none',
    as: 'reader',
    send: (scene) => ({ params: { node_id: scene.id('/') } }),
    want: { status: 200, body: { items: [] } },
  },
  ...refusals({
    op: 'requestNodeParents',
    given: tree,
    send: (scene) => ({ params: { node_id: scene.id('/letters') } }),
    forbidden: [],
    invisible: { status: 404, code: -41000 },
  }),
]
