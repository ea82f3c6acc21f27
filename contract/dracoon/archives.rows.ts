import { expect } from 'vitest'
import type { ContractRow, Scene } from '../row.ts'
import { refusals } from './refusals.ts'

const tree = {
  '/a.txt': { file: 'alpha' },
  '/f': 'folder',
  '/f/b.txt': { file: 'beta' },
  '/f/deep': 'folder',
  '/f/deep/a.txt': { file: 'gamma' },
  '/sub': 'room',
} as const

const choose =
  (...paths: string[]) =>
  (scene: Scene) => ({ body: { nodeIds: paths.map((path) => Number(scene.id(path))) } })

/** An address made before the call. */
const ordered =
  (...paths: string[]) =>
  async (scene: Scene) => {
    const send = choose(...paths)(scene)
    const { body } = await scene.call('generateDownloadUrlForZipArchive', 'reader', send)
    const { downloadUrl } = body as { downloadUrl: string }
    scene.kept.token = downloadUrl.slice(downloadUrl.lastIndexOf('/') + 1)
  }
const byToken = (scene: Scene) => ({ params: { token: String(scene.kept.token) } })

/** The reader keeps the right to add something, and nothing else. */
const mayOnlyCreate = async (scene: Scene) => {
  const permissions = { ...noPermissions, create: true }
  const body = { items: [{ id: scene.userId('reader'), permissions }] }
  await scene.call('updateRoomUsers', 'manager', { params: { room_id: scene.id('/') }, body })
}
const noPermissions = {
  manage: false,
  read: false,
  change: false,
  delete: false,
  manageDownloadShare: false,
  manageUploadShare: false,
  readRecycleBin: false,
  restoreRecycleBin: false,
  deleteRecycleBin: false,
}

/** Nothing is packed, so that names and texts stand in the answer as they are. */
const holds =
  (...texts: string[]) =>
  async (_scene: Scene, { body }: { body: unknown }) => {
    for (const text of texts) expect(String(body)).toContain(text)
  }
const head = {
  'content-type': 'application/zip',
  'accept-ranges': 'none',
  'content-length': /^\d+$/,
  'x-content-type-options': 'nosniff',
}

const url = { op: 'generateDownloadUrlForZipArchive', as: 'reader', given: tree } as const
const now = { op: 'downloadZipArchive', as: 'reader', given: tree } as const
const get = { op: 'downloadZipArchiveViaToken', as: null, given: tree } as const

const input = (op: typeof url.op | typeof now.op): ContractRow[] => [
  {
    op,
    as: 'reader',
    given: tree,
    name: 'nothing chosen',
    send: { body: { nodeIds: [] } },
    want: { status: 400, code: -80000 },
  },
  {
    op,
    as: 'reader',
    given: tree,
    name: 'an id that is no number',
    send: { body: { nodeIds: ['a'] } },
    want: { status: 400, code: -80002 },
  },
  {
    op,
    as: 'reader',
    given: tree,
    name: 'an id that nothing has',
    send: { body: { nodeIds: [0] } },
    want: { status: 400, code: -80001 },
  },
  {
    op,
    as: 'reader',
    given: tree,
    name: 'rooms are not archived',
    send: choose('/sub'),
    want: { status: 404, code: -40751 },
  },
  {
    op,
    as: 'reader',
    given: tree,
    name: 'one that is not there',
    send: (scene) => ({ body: { nodeIds: [Number(scene.id('/f')), 999_999_999] } }),
    want: { status: 404, code: -41000 },
  },
  {
    op,
    as: 'reader',
    given: tree,
    name: 'what is seen and may not be read',
    before: mayOnlyCreate,
    send: choose('/f'),
    want: { status: 403, body: { errorCode: undefined } },
  },
  ...refusals({
    op,
    given: tree,
    send: choose('/f'),
    forbidden: [],
    invisible: { status: 404, code: -41000 },
  }),
]

/** Several nodes as one file. */
export const archivesRows: readonly ContractRow[] = [
  {
    ...url,
    name: 'a whole address',
    send: choose('/a.txt', '/f'),
    want: (scene) => ({
      status: 200,
      body: { downloadUrl: (to) => String(to).startsWith(`${scene.url}/api/v4/downloads/zip/`) },
    }),
  },
  ...input(url.op),
  {
    ...now,
    name: 'a folder with all in it, under its name',
    send: choose('/f'),
    want: {
      status: 200,
      headers: { ...head, 'content-disposition': /^attachment; filename="f\.zip"/ },
    },
    then: holds('f/b.txt', 'beta', 'f/deep/a.txt', 'gamma'),
  },
  {
    ...now,
    name: 'two of one name are two',
    send: choose('/a.txt', '/f/deep/a.txt'),
    want: { status: 200, headers: { 'content-disposition': /filename="Archive\.zip"/ } },
    then: holds('a.txt', 'alpha', 'a (1).txt', 'gamma'),
  },
  {
    ...now,
    name: 'one chosen twice is there once',
    send: choose('/a.txt', '/a.txt'),
    want: { status: 200, body: (body) => !String(body).includes('(1)') },
  },
  ...input(now.op),
  {
    ...get,
    name: 'the archive, for whoever has the address',
    before: ordered('/a.txt', '/f'),
    send: byToken,
    want: { status: 200, headers: head },
    then: holds('a.txt', 'alpha', 'f/deep/a.txt', 'gamma'),
  },
  {
    ...get,
    name: 'what came later is in it',
    before: async (scene) => {
      await ordered('/f')(scene)
      const body = { parentId: Number(scene.id('/f')), name: 'later' }
      await scene.call('createFolder', 'writer', { body })
    },
    send: byToken,
    want: { status: 200 },
    then: holds('f/later/'),
  },
  {
    ...get,
    name: 'a range is not taken up',
    before: ordered('/f'),
    send: (scene) => ({ ...byToken(scene), headers: { range: 'bytes=0-1' } }),
    want: { status: 200 },
  },
  {
    ...get,
    name: 'a token that is none',
    send: { params: { token: 'nothing' } },
    want: { status: 401, code: -20502 },
  },
  {
    ...get,
    name: 'a right that was taken ends it',
    before: async (scene) => {
      await ordered('/f')(scene)
      const body = { ids: [scene.userId('reader')] }
      await scene.call('revokeRoomUsers', 'manager', { params: { room_id: scene.id('/') }, body })
    },
    send: byToken,
    want: { status: 404, code: -40000 },
  },
  {
    ...get,
    name: 'one of its nodes is gone',
    before: async (scene) => {
      await ordered('/a.txt', '/f')(scene)
      await scene.call('removeNode', 'writer', { params: { node_id: scene.id('/a.txt') } })
    },
    send: byToken,
    want: { status: 404, code: -40000 },
  },
  {
    ...get,
    name: 'the right to read was taken',
    before: async (scene) => {
      await ordered('/f')(scene)
      await mayOnlyCreate(scene)
    },
    send: byToken,
    want: { status: 403, body: { errorCode: undefined } },
  },
]
