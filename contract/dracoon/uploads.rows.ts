import type { ContractRow, Scene } from '../row.ts'
import { refusals } from './refusals.ts'
import { byId, byToken, md5, opened, unknownUpload } from './upload-scene.ts'

const invisible = { status: 404, code: -40000 }

const open = { op: 'createFileUploadChannel', as: 'writer' } as const
const channelIn = (body: object) => (scene: Scene) => ({
  body: { parentId: scene.id('/'), name: 'new.txt', ...body },
})

const opening: readonly ContractRow[] = [
  {
    ...open,
    name: 'answers id, token and a whole address',
    send: channelIn({ size: 4, notes: 'x', classification: 3 }),
    want: (scene) => ({
      status: 201,
      body: {
        uploadId: (id) => /^\d+$/.test(String(id)),
        token: (token) => String(token).length >= 22,
        uploadUrl: (url) => String(url).startsWith(`${scene.url}/api/v4/uploads/`),
      },
    }),
  },
  {
    ...open,
    name: 'a bad name',
    send: channelIn({ name: 'a|b' }),
    want: { status: 400, code: -40755 },
  },
  {
    ...open,
    name: 'no name',
    send: (scene) => ({ body: { parentId: scene.id('/') } }),
    want: { status: 400, code: -80000 },
  },
  {
    ...open,
    name: 'a negative size',
    send: channelIn({ size: -1 }),
    want: { status: 400, code: -80001 },
  },
  {
    ...open,
    name: 'an expiry in the past',
    send: channelIn({ expiration: { enableExpiration: true, expireAt: '2001-01-01' } }),
    want: { status: 400, code: -80006 },
  },
  {
    ...open,
    name: 'an unknown classification',
    send: channelIn({ classification: 9 }),
    want: { status: 400, code: -40756 },
  },
  {
    ...open,
    name: 'more than the room may hold',
    as: 'manager',
    given: { '/small': 'room' },
    before: async (scene) => {
      const send = { params: { room_id: scene.id('/small') }, body: { quota: 10 } }
      await scene.call('updateRoom', 'manager', send)
    },
    send: (scene) => ({ body: { parentId: scene.id('/small'), name: 'x', size: 11 } }),
    want: { status: 507, code: -40200 },
  },
  {
    ...open,
    name: 'below a file',
    given: { '/a': { file: 'a' } },
    send: (scene) => ({ body: { parentId: scene.id('/a'), name: 'x' } }),
    want: invisible,
  },
  ...refusals({ op: 'createFileUploadChannel', send: channelIn({}), invisible }),
]

const finish = { op: 'completeFileUploadByToken', as: null } as const
const finishById = { op: 'completeFileUpload', as: 'writer' } as const

const completing: readonly ContractRow[] = [
  {
    ...finish,
    name: 'the chunks in order become the file',
    before: opened(
      { size: 6, notes: 'n', timestampModification: '2020-01-01T00:00:00Z' },
      'abc',
      'def',
    ),
    send: byToken({ body: { resolutionStrategy: 'fail' } }),
    want: (scene) => ({
      status: 201,
      body: {
        name: 'new.txt',
        type: 'file',
        parentId: scene.id('/'),
        size: 6,
        hash: md5('abcdef'),
        notes: 'n',
        timestampModification: '2020-01-01T00:00:00.000Z',
        createdBy: { userName: 'writer' },
      },
      events: ['file.created'],
    }),
    then: async (scene, answer) => {
      const { id } = answer.body as { id: number }
      const { body } = await scene.call('requestNode', 'writer', { params: { node_id: id } })
      if (JSON.stringify(body) !== JSON.stringify(answer.body)) throw new Error('told otherwise')
    },
  },
  {
    ...finish,
    name: 'no chunk at all is an empty file',
    before: opened(),
    send: byToken(),
    want: { status: 201, body: { size: 0, hash: md5('') }, events: ['file.created'] },
  },
  {
    ...finish,
    name: 'another name',
    before: opened({}, 'a'),
    send: byToken({ body: { fileName: 'b.pdf' } }),
    want: {
      status: 201,
      body: { name: 'b.pdf', mediaType: 'application/pdf' },
      events: ['file.created'],
    },
  },
  {
    ...finish,
    name: 'autorename is the default',
    given: { '/new.txt': { file: 'old' } },
    before: opened({}, 'a'),
    send: byToken({ body: {} }),
    want: { status: 201, body: { name: 'new (1).txt' }, events: ['file.created'] },
  },
  {
    ...finish,
    name: 'overwrite makes a version: a new id, the same reference',
    given: { '/new.txt': { file: 'old' } },
    before: opened({}, 'abc'),
    send: byToken({ body: { resolutionStrategy: 'overwrite' } }),
    want: (scene) => ({
      status: 201,
      body: {
        name: 'new.txt',
        id: (id) => id !== scene.id('/new.txt'),
        referenceId: scene.nodeId('/new.txt'),
        cntDeletedVersions: 1,
        size: 3,
      },
      events: ['file.version-created'],
    }),
  },
  {
    ...finish,
    name: 'fail',
    given: { '/new.txt': { file: 'old' } },
    before: opened({}, 'a'),
    send: byToken({ body: { resolutionStrategy: 'fail' } }),
    want: { status: 409, code: -41001 },
  },
  {
    ...finish,
    name: 'a container in the way',
    given: { '/new.txt': 'folder' },
    before: opened({}, 'a'),
    send: byToken({ body: { resolutionStrategy: 'overwrite' } }),
    want: { status: 409, code: -40010 },
  },
  {
    ...finish,
    name: 'keeping links needs overwrite',
    before: opened(),
    send: byToken({ body: { keepShareLinks: true } }),
    want: { status: 400, code: -80034 },
  },
  {
    ...finish,
    name: 'a bad name',
    before: opened(),
    send: byToken({ body: { fileName: 'a?' } }),
    want: { status: 400, code: -40755 },
  },
  {
    ...finish,
    name: 'fewer bytes than announced',
    before: opened({ size: 9 }, 'abc'),
    send: byToken(),
    want: { status: 400 },
  },
  {
    ...finish,
    name: 'an unknown token',
    send: { params: { token: 'nothing' } },
    want: unknownUpload,
  },
  {
    ...finish,
    name: 'a right that was taken meanwhile',
    before: async (scene) => {
      await opened({}, 'abc')(scene)
      const send = { params: { room_id: scene.id('/') }, body: { ids: [scene.userId('writer')] } }
      await scene.call('revokeRoomUsers', 'manager', send)
    },
    send: byToken(),
    want: { status: 404, code: -40000 },
  },
  {
    ...finishById,
    name: 'by id',
    before: opened({}, 'abc'),
    send: byId({ body: {} }),
    want: { status: 201, body: { size: 3 }, events: ['file.created'] },
  },
  {
    ...finishById,
    name: 'a taken name has no code here',
    given: { '/new.txt': { file: 'old' } },
    before: opened({}, 'a'),
    send: byId({ body: { resolutionStrategy: 'fail' } }),
    want: { status: 409, body: { errorCode: undefined } },
  },
  {
    ...finishById,
    name: 'of somebody else',
    as: 'reader',
    before: opened({}, 'abc'),
    send: byId(),
    want: unknownUpload,
  },
  {
    ...finishById,
    name: 'without a session',
    as: null,
    before: opened(),
    send: byId(),
    want: { status: 401, code: -10012 },
  },
  {
    op: 'cancelFileUploadByToken',
    name: 'by token',
    as: null,
    before: opened({}, 'a'),
    send: byToken(),
    want: { status: 204, body: undefined },
  },
  {
    op: 'cancelFileUploadByToken',
    name: 'an unknown token',
    as: null,
    send: { params: { token: 'nothing' } },
    want: unknownUpload,
  },
  {
    op: 'cancelFileUpload',
    name: 'by id',
    as: 'writer',
    before: opened({}, 'a'),
    send: byId(),
    want: { status: 204 },
  },
  {
    op: 'cancelFileUpload',
    name: 'what is over is not there',
    as: 'writer',
    before: async (scene) => {
      await opened({}, 'a')(scene)
      await scene.call('cancelFileUpload', 'writer', byId()(scene))
    },
    send: byId(),
    want: unknownUpload,
  },
  {
    op: 'cancelFileUpload',
    name: 'of somebody else',
    as: 'reader',
    before: opened(),
    send: byId(),
    want: unknownUpload,
  },
  {
    op: 'cancelFileUpload',
    name: 'without a session',
    as: null,
    before: opened(),
    send: byId(),
    want: { status: 401, code: -10012 },
  },
]

/** Opening uploads by chunks, and ending them. */
export const uploadsRows: readonly ContractRow[] = [...opening, ...completing]
