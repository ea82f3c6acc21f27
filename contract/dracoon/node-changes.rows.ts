import type { ContractRow, Scene } from '../row.ts'
import { refusals } from './refusals.ts'

const tree = {
  '/letters': 'folder',
  '/letters/a.txt': { file: 'aaa' },
  '/b.txt': { file: 'bb' },
} as const
const folderIn = (at: string, body: object) => (scene: Scene) => ({
  body: { parentId: scene.id(at), name: 'new', ...body },
})
const create = { op: 'createFolder', as: 'writer', given: tree } as const
const folder = { op: 'updateFolder', as: 'writer', given: tree } as const
const file = { op: 'updateFile', as: 'writer', given: tree } as const
const folderBody = (body: object) => (scene: Scene) => ({
  params: { folder_id: scene.id('/letters') },
  body,
})
const fileBody = (body: object) => (scene: Scene) => ({
  params: { file_id: scene.id('/letters/a.txt') },
  body,
})
const badName = { status: 400, code: -40755 }

/** Making and changing folders and files, and throwing nodes away. */
export const nodeChangesRows: readonly ContractRow[] = [
  {
    ...create,
    name: 'in a folder',
    send: folderIn('/letters', {
      notes: 'for later',
      timestampCreation: '2020-02-03T04:05:06Z',
      timestampModification: '2021-02-03T04:05:06',
    }),
    want: (scene) => ({
      status: 201,
      body: {
        name: 'new',
        type: 'folder',
        parentId: scene.id('/letters'),
        notes: 'for later',
        timestampCreation: '2020-02-03T04:05:06.000Z',
        timestampModification: '2021-02-03T04:05:06.000Z',
        createdBy: { userName: 'writer' },
        permissions: { create: true, manage: false },
      },
      events: ['folder.created'],
    }),
    // What creating answers is what asking for it answers (clients compare).
    then: async (scene, answer) => {
      const made = answer.body as { id: number }
      const { body } = await scene.call('requestNode', 'writer', { params: { node_id: made.id } })
      if (JSON.stringify(body) !== JSON.stringify(made)) throw new Error('another node was told')
    },
  },
  {
    ...create,
    name: 'unknown members are ignored',
    send: folderIn('/', { virusProtectionInfo: { verdict: 'clean' } }),
    want: { status: 201, events: ['folder.created'] },
  },
  {
    ...create,
    name: 'nulls count as not sent',
    send: folderIn('/', { notes: null }),
    want: { status: 201, body: { notes: undefined }, events: ['folder.created'] },
  },
  {
    ...create,
    name: 'a taken name, in another case',
    send: folderIn('/', { name: 'LETTERS' }),
    want: { status: 409 },
  },
  { ...create, name: 'a name with a slash', send: folderIn('/', { name: 'a/b' }), want: badName },
  { ...create, name: 'a reserved name', send: folderIn('/', { name: 'CON.txt' }), want: badName },
  { ...create, name: 'an empty name', send: folderIn('/', { name: '' }), want: { status: 400 } },
  {
    ...create,
    name: 'no name',
    send: (scene) => ({ body: { parentId: scene.id('/') } }),
    want: { status: 400, code: -80000 },
  },
  {
    ...create,
    name: 'broken JSON',
    send: { bytes: '{', headers: { 'content-type': 'application/json' } },
    want: { status: 400 },
  },
  {
    ...create,
    name: 'below a file',
    send: folderIn('/b.txt', {}),
    want: { status: 404, code: -40000 },
  },
  {
    ...create,
    name: 'below nothing',
    send: { body: { parentId: 0, name: 'x' } },
    want: { status: 404, code: -40000 },
  },
  ...refusals({
    op: 'createFolder',
    given: tree,
    send: folderIn('/', {}),
    invisible: { status: 404, code: -40000 },
  }),
  {
    ...folder,
    name: 'name and notes',
    send: folderBody({ name: 'mail', notes: 'x', timestampModification: '2020-01-01' }),
    want: {
      status: 200,
      body: {
        name: 'mail',
        notes: 'x',
        timestampModification: '2020-01-01T00:00:00.000Z',
        updatedBy: { userName: 'writer' },
      },
      events: ['node.renamed'],
    },
  },
  { ...folder, name: 'a taken name', send: folderBody({ name: 'b.txt' }), want: { status: 409 } },
  { ...folder, name: 'a bad name', send: folderBody({ name: 'x.' }), want: badName },
  {
    ...folder,
    name: 'a date that is none',
    send: folderBody({ timestampCreation: 'soon' }),
    want: { status: 400 },
  },
  {
    ...folder,
    name: 'a file is no folder',
    send: (scene) => ({ params: { folder_id: scene.id('/b.txt') }, body: { name: 'x' } }),
    want: { status: 404 },
  },
  ...refusals({
    op: 'updateFolder',
    given: tree,
    send: folderBody({ name: 'mail' }),
    invisible: { status: 404, code: -41000 },
  }),
  {
    ...file,
    name: 'name, classification, expiry',
    send: fileBody({
      name: 'z.md',
      classification: 4,
      expiration: { enableExpiration: true, expireAt: '2099-01-01T00:00:00Z' },
    }),
    want: {
      status: 200,
      body: {
        name: 'z.md',
        classification: 4,
        expireAt: '2099-01-01T00:00:00.000Z',
        fileType: 'md',
      },
      events: ['node.renamed'],
    },
  },
  {
    ...file,
    name: 'expiry in the past',
    send: fileBody({ expiration: { enableExpiration: true, expireAt: '2001-01-01T00:00:00Z' } }),
    want: { status: 400, code: -80006 },
  },
  {
    ...file,
    name: 'expiry without a date',
    send: fileBody({ expiration: { enableExpiration: true } }),
    want: { status: 400 },
  },
  {
    ...file,
    name: 'no expiry any more',
    send: fileBody({ expiration: { enableExpiration: false } }),
    want: { status: 200, body: { expireAt: undefined }, events: [] },
  },
  {
    ...file,
    name: 'an unknown classification',
    send: fileBody({ classification: 5 }),
    want: { status: 400, code: -40756 },
  },
  {
    ...file,
    name: 'a taken name',
    given: { ...tree, '/letters/c': { file: '' } },
    send: fileBody({ name: 'c' }),
    want: { status: 409 },
  },
  {
    ...file,
    name: 'a folder is no file',
    send: (scene) => ({ params: { file_id: scene.id('/letters') }, body: { name: 'x' } }),
    want: { status: 404, code: -40751 },
  },
  ...refusals({
    op: 'updateFile',
    given: tree,
    send: fileBody({ name: 'q' }),
    invisible: { status: 404, code: -41000 },
  }),
  {
    op: 'removeNodes',
    name: 'folder and file at once',
    as: 'writer',
    given: tree,
    send: (scene) => ({ body: { nodeIds: [scene.id('/letters'), scene.id('/b.txt')] } }),
    want: { status: 204, body: undefined, events: ['node.deleted', 'node.deleted'] },
    then: async (scene) => {
      const node_id = scene.id('/letters/a.txt')
      const { status } = await scene.call('requestNode', 'writer', { params: { node_id } })
      if (status !== 404) throw new Error('it is still there')
    },
  },
  {
    op: 'removeNodes',
    name: 'all or none',
    as: 'writer',
    given: tree,
    send: (scene) => ({ body: { nodeIds: [scene.id('/b.txt'), 8888888] } }),
    want: { status: 404, code: -41000 },
  },
  {
    op: 'removeNodes',
    name: 'of different parents',
    as: 'writer',
    given: tree,
    send: (scene) => ({ body: { nodeIds: [scene.id('/b.txt'), scene.id('/letters/a.txt')] } }),
    want: { status: 400 },
  },
  {
    op: 'removeNodes',
    name: 'nothing',
    as: 'writer',
    send: { body: { nodeIds: [] } },
    want: { status: 400, code: -80000 },
  },
  {
    op: 'removeNodes',
    name: 'ids that are no numbers',
    as: 'writer',
    send: { body: { nodeIds: ['x'] } },
    want: { status: 400, code: -80002 },
  },
  {
    op: 'removeNodes',
    name: 'no body',
    as: 'writer',
    send: {},
    want: { status: 400, code: -80000 },
  },
  ...refusals({
    op: 'removeNodes',
    given: tree,
    send: (scene) => ({ body: { nodeIds: [scene.id('/b.txt')] } }),
    invisible: { status: 404, code: -41000 },
  }),
  {
    op: 'removeNode',
    name: 'a file',
    as: 'writer',
    given: tree,
    send: (scene) => ({ params: { node_id: scene.id('/b.txt') } }),
    want: { status: 204, events: ['node.deleted'] },
  },
  {
    op: 'removeNode',
    name: 'a room goes for good',
    as: 'manager',
    given: { '/sub': 'room', '/sub/x': { file: 'x' } },
    send: (scene) => ({ params: { node_id: scene.id('/sub') } }),
    want: { status: 204, events: ['room.deleted'] },
  },
  {
    op: 'removeNode',
    name: 'a room needs its administrator',
    as: 'writer',
    given: { '/sub': 'room' },
    send: (scene) => ({ params: { node_id: scene.id('/sub') } }),
    want: { status: 403, body: { errorCode: undefined } },
  },
  ...refusals({
    op: 'removeNode',
    given: tree,
    send: (scene) => ({ params: { node_id: scene.id('/b.txt') } }),
    invisible: { status: 404, code: -41000 },
  }),
]
