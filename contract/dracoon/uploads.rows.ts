import { createHash } from 'node:crypto'
import type { ContractRow, Scene } from '../row.ts'
import { refusals } from './refusals.ts'

const md5 = (text: string) => createHash('md5').update(text).digest('hex')
const invisible = { status: 404, code: -40000 }
const unknownUpload = { status: 404, code: -20501 }

type Channel = { uploadId: string; token: string; uploadUrl: string }

/** Opens a channel before the call, and sends these chunks. */
const opened =
  (body: object = {}, ...chunks: string[]) =>
  async (scene: Scene) => {
    const wanted = { body: { parentId: scene.id('/'), name: 'new.txt', ...body } }
    const { body: made } = await scene.call('createFileUploadChannel', 'writer', wanted)
    Object.assign(scene.kept, made)
    for (const bytes of chunks) {
      const params = { token: channel(scene).token }
      await scene.call('uploadFileByTokenAsMultipart_1', null, { params, bytes })
    }
  }

const channel = (scene: Scene) => scene.kept as unknown as Channel
const byId =
  (more: object = {}) =>
  (scene: Scene) => ({ params: { upload_id: channel(scene).uploadId }, ...more })
const byToken =
  (more: object = {}) =>
  (scene: Scene) => ({ params: { token: channel(scene).token }, ...more })

function multipart(
  text: string,
  head = 'Content-Disposition: form-data; name="file"; filename="x"',
) {
  return {
    headers: { 'content-type': 'multipart/form-data; boundary=xxxx' },
    bytes: `--xxxx\r\n${head}\r\n\r\n${text}\r\n--xxxx--\r\n`,
  }
}

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

const tokenChunk = { op: 'uploadFileByTokenAsMultipart_1', as: null } as const
const idChunk = { op: 'uploadFileAsMultipart', as: 'writer' } as const

const chunks: readonly ContractRow[] = [
  {
    ...tokenChunk,
    name: 'raw bytes of any type',
    before: opened(),
    send: byToken({ bytes: 'abcd', headers: { 'content-type': 'image/png' } }),
    want: { status: 201, body: { size: 4, hash: md5('abcd') } },
  },
  {
    ...tokenChunk,
    name: 'multipart, part without a type',
    before: opened(),
    send: byToken(multipart('hello')),
    want: { status: 201, body: { size: 5, hash: md5('hello') } },
  },
  {
    ...tokenChunk,
    name: 'multipart without a file',
    before: opened(),
    send: byToken(multipart('hello', 'Content-Disposition: form-data; name="file"')),
    want: { status: 400, code: -80000 },
  },
  {
    ...tokenChunk,
    name: 'broken multipart',
    before: opened(),
    send: byToken({ bytes: 'abc', headers: { 'content-type': 'multipart/form-data; boundary=y' } }),
    want: { status: 400 },
  },
  {
    ...tokenChunk,
    name: 'multipart without a boundary',
    before: opened(),
    send: byToken({ bytes: 'abc', headers: { 'content-type': 'multipart/form-data' } }),
    want: { status: 400 },
  },
  {
    ...tokenChunk,
    name: 'a second chunk: hash and size are its own',
    before: opened({}, 'abcd'),
    send: byToken({ bytes: 'ef', headers: { 'content-range': 'bytes 4-6/*' } }),
    want: { status: 201, body: { size: 2, hash: md5('ef') } },
  },
  {
    ...tokenChunk,
    name: 'a chunk beyond the end',
    before: opened({}, 'abcd'),
    send: byToken({ bytes: 'ef', headers: { 'content-range': 'bytes 9-10/11' } }),
    want: { status: 400, code: -80021 },
  },
  {
    ...tokenChunk,
    name: 'a range that is none',
    before: opened(),
    send: byToken({ bytes: 'ef', headers: { 'content-range': 'lines 1-2/3' } }),
    want: { status: 400, code: -80021 },
  },
  {
    ...tokenChunk,
    name: 'more than was announced',
    before: opened({ size: 3 }),
    send: byToken({ bytes: 'abcd' }),
    want: { status: 400 },
  },
  {
    ...tokenChunk,
    name: 'an unknown token',
    send: { params: { token: 'x'.repeat(22) }, bytes: 'a' },
    want: unknownUpload,
  },
  {
    ...idChunk,
    name: 'raw',
    before: opened(),
    send: byId({ bytes: 'abcd', headers: { 'content-type': 'application/octet-stream' } }),
    want: { status: 201, body: { size: 4, hash: md5('abcd') } },
  },
  {
    ...idChunk,
    name: 'multipart',
    before: opened(),
    send: byId(multipart('abcd')),
    want: { status: 201, body: { size: 4 } },
  },
  {
    ...idChunk,
    name: 'of somebody else',
    as: 'manager',
    before: opened(),
    send: byId({ bytes: 'a' }),
    want: unknownUpload,
  },
  {
    ...idChunk,
    name: 'an id that is no number',
    send: { params: { upload_id: 'abc' }, bytes: 'a' },
    want: unknownUpload,
  },
  {
    ...idChunk,
    name: 'without a session',
    as: null,
    before: opened(),
    send: byId({ bytes: 'a' }),
    want: { status: 401, code: -10012 },
  },
  {
    ...idChunk,
    name: 'an upload in parts takes no chunks',
    before: opened({ directS3Upload: true }),
    send: byId({ bytes: 'a' }),
    want: { status: 400, code: -90033 },
  },
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

/** Files on their way in by chunks. */
export const uploadsRows: readonly ContractRow[] = [...opening, ...chunks, ...completing]
