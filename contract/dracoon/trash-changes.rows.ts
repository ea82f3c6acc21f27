import type { ContractRow, Persona, Scene } from '../row.ts'
import { refusals } from './refusals.ts'
import { deleting, given, inBin, ofRoom, overwriting } from './trash.rows.ts'

const manager: Persona = 'manager'

const back =
  (paths: readonly string[], body: object = {}) =>
  (scene: Scene) => ({
    body: { deletedNodeIds: paths.map((path) => scene.id(path)), ...body },
  })
const restore = { op: 'restoreNodes', as: 'writer', ...inBin } as const
const again = async (scene: Scene) => {
  await deleting('/b.txt')(scene)
  const opened = await scene.call('createFileUploadChannel', 'writer', {
    body: { parentId: scene.id('/'), name: 'B.txt' },
  })
  const { uploadId } = opened.body as { uploadId: string }
  const params = { upload_id: uploadId }
  await scene.call('uploadFileAsMultipart', 'writer', { params, bytes: 'again' })
  await scene.call('completeFileUpload', 'writer', { params, body: {} })
}
const nodeIs = (path: string, body: object) => async (scene: Scene) => {
  const answer = await scene.call('requestNode', 'writer', { params: { node_id: scene.id(path) } })
  for (const [name, value] of Object.entries(body)) {
    const found = (answer.body as Record<string, unknown>)[name]
    if (found !== value) throw new Error(`${name} is ${found}, not ${value}`)
  }
}

const restoreRows: readonly ContractRow[] = [
  {
    ...restore,
    name: 'two files, each where it was, under their ids',
    send: back(['/f/a.txt', '/b.txt']),
    want: { status: 204, events: ['node.restored', 'node.restored'] },
    then: async (scene) => {
      await nodeIs('/f/a.txt', { parentPath: `${scene.path('/f')}/`, name: 'a.txt' })(scene)
      await nodeIs('/b.txt', { parentId: scene.id('/') })(scene)
    },
  },
  {
    ...restore,
    name: 'elsewhere',
    send: (scene) => back(['/b.txt'], { parentId: scene.id('/f') })(scene),
    want: { status: 204, events: ['node.restored'] },
    then: (scene) => nodeIs('/b.txt', { parentId: scene.id('/f') })(scene),
  },
  {
    ...restore,
    before: again,
    name: 'the name is taken: numbered',
    send: back(['/b.txt']),
    want: { status: 204, events: ['node.restored'] },
    then: nodeIs('/b.txt', { name: 'b (1).txt' }),
  },
  {
    ...restore,
    before: again,
    name: 'the name is taken: refused',
    send: back(['/b.txt'], { resolutionStrategy: 'fail' }),
    want: { status: 409, code: -41001 },
  },
  {
    ...restore,
    before: again,
    name: 'the name is taken: overwritten, shares follow',
    send: back(['/b.txt'], { resolutionStrategy: 'overwrite', keepShareLinks: true }),
    want: { status: 204, events: ['node.deleted', 'node.restored'] },
    then: nodeIs('/b.txt', { name: 'b.txt' }),
  },
  {
    ...restore,
    before: async (scene) => {
      await deleting('/f')(scene)
      const body = { parentId: scene.id('/'), name: 'f' }
      await scene.call('createFolder', 'writer', { body })
    },
    name: 'a folder is not overwritten',
    send: back(['/f'], { resolutionStrategy: 'overwrite' }),
    want: { status: 409, code: -40010 },
  },
  {
    ...restore,
    before: overwriting('/b.txt', 'new'),
    name: 'an old version becomes the current one',
    send: back(['/b.txt'], { resolutionStrategy: 'overwrite' }),
    want: { status: 204, events: ['version.restored'] },
    then: nodeIs('/b.txt', { size: 4, cntDeletedVersions: 1 }),
  },
  {
    ...restore,
    before: deleting('/f/a.txt', '/f'),
    name: 'its folder is gone',
    send: back(['/f/a.txt']),
    want: { status: 404, code: -40000 },
  },
  {
    ...restore,
    name: 'into a file',
    before: deleting('/f/a.txt'),
    send: (scene) => back(['/f/a.txt'], { parentId: scene.id('/b.txt') })(scene),
    want: { status: 404, code: -40000 },
  },
  {
    ...restore,
    name: 'all or none: what is not in the bin',
    before: deleting('/b.txt'),
    send: back(['/b.txt', '/f/a.txt']),
    want: { status: 404, code: -41100 },
  },
  {
    ...restore,
    name: 'shares are kept with overwrite only',
    send: back(['/b.txt'], { keepShareLinks: true }),
    want: { status: 400, code: -80034 },
  },
  {
    ...restore,
    name: 'ids that are none',
    send: { body: { deletedNodeIds: ['x'] } },
    want: { status: 400, code: -80002 },
  },
  {
    ...restore,
    name: 'nothing named',
    send: back([]),
    want: { status: 400, code: -80000 },
  },
  {
    ...restore,
    name: 'into a room whose quota it does not fit',
    before: async (scene) => {
      await deleting('/b.txt')(scene)
      const body = { quota: 1 }
      await scene.call('updateRoom', 'admin', { params: { room_id: scene.id('/') }, body })
    },
    send: back(['/b.txt']),
    want: { status: 507, code: -40200 },
  },
  ...refusals({
    op: 'restoreNodes',
    ...inBin,
    send: back(['/b.txt']),
    invisible: { status: 404, code: -41100 },
  }),
]

const purge = { op: 'removeDeletedNodes', as: manager, ...inBin } as const

const purgeRows: readonly ContractRow[] = [
  {
    ...purge,
    name: 'two files for good',
    send: back(['/b.txt', '/f/a.txt']),
    want: { status: 204, events: ['node.purged', 'node.purged'] },
  },
  {
    ...purge,
    before: overwriting('/b.txt', 'new'),
    name: 'one old version',
    send: back(['/b.txt']),
    want: { status: 204, events: ['version.purged'] },
  },
  {
    ...purge,
    given,
    before: undefined,
    name: 'what is not in the bin',
    send: back(['/b.txt']),
    want: { status: 404, code: -41100 },
  },
  {
    ...purge,
    name: 'ids that are none',
    send: { body: { deletedNodeIds: ['x'] } },
    want: { status: 400, code: -80002 },
  },
  { ...purge, name: 'nothing named', send: back([]), want: { status: 400, code: -80000 } },
  ...refusals({
    op: 'removeDeletedNodes',
    ...inBin,
    send: back(['/b.txt']),
    forbidden: ['reader', 'writer'],
    invisible: { status: 404, code: -41100 },
  }),
]

const empty = { op: 'emptyDeletedNodes', as: manager, ...inBin } as const

const emptyRows: readonly ContractRow[] = [
  {
    ...empty,
    name: 'everything in it',
    before: async (scene) => {
      await overwriting('/b.txt', 'new')(scene)
      await deleting('/f')(scene)
    },
    send: ofRoom({}),
    want: { status: 204, events: ['version.purged', 'node.purged'] },
    then: async (scene) => {
      const { body } = await scene.call('requestDeletedNodesSummary', 'manager', ofRoom({})(scene))
      if ((body as { items: unknown[] }).items.length > 0) throw new Error('something is left')
    },
  },
  {
    ...empty,
    name: 'an empty bin',
    before: undefined,
    send: ofRoom({}),
    want: { status: 204 },
  },
  {
    ...empty,
    name: 'only rooms have a bin',
    send: (scene) => ({ params: { node_id: scene.id('/f') } }),
    want: { status: 400, code: -80065 },
  },
  {
    ...empty,
    name: 'an id that is none',
    send: { params: { node_id: 'x' } },
    want: { status: 400, code: -80002 },
  },
  ...refusals({
    op: 'emptyDeletedNodes',
    ...inBin,
    send: ofRoom({}),
    forbidden: ['reader', 'writer'],
    invisible: { status: 404, code: -40000 },
  }),
]

export const trashChangesRows: readonly ContractRow[] = [...restoreRows, ...purgeRows, ...emptyRows]
