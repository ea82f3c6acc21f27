import type { ContractRow, Scene } from '../row.ts'

const tree = {
  '/a.txt': { file: '0123456789' },
  '/f': 'folder',
  '/f/b.txt': { file: 'bb' },
} as const
const unknownKey = { status: 404, code: -50000 }
const noKey = { params: { access_key: 'nothing-of-the-kind' } }

const shared =
  (body: object = {}, path = '/a.txt') =>
  async (scene: Scene) => {
    const wanted = { body: { nodeId: scene.id(path), ...body } }
    const { body: made } = await scene.call('createDownloadShare', 'writer', wanted)
    scene.kept.key = (made as { accessKey: string }).accessKey
  }

const key = (scene: Scene) => String(scene.kept.key)
const of =
  (more: object = {}) =>
  (scene: Scene) => ({ params: { access_key: key(scene) }, ...more })

/** A share, and an address to download it. */
const opened =
  (body: object = {}, password?: string, path?: string) =>
  async (scene: Scene) => {
    await shared(body, path)(scene)
    const { body: made } = await scene.call(
      'generateDownloadUrlPublic',
      null,
      of({ body: { password } })(scene),
    )
    const { downloadUrl } = made as { downloadUrl: string }
    scene.kept.token = downloadUrl.slice(downloadUrl.lastIndexOf('/') + 1)
  }

const download =
  (more: object = {}) =>
  (scene: Scene) => ({
    params: { access_key: key(scene), token: String(scene.kept.token) },
    ...more,
  })

const info = { op: 'requestPublicDownloadShareInfo', as: null, given: tree } as const
const check = { op: 'checkPublicDownloadSharePassword', as: null, given: tree } as const
const open = { op: 'generateDownloadUrlPublic', as: null, given: tree } as const
const get = { op: 'downloadFileViaTokenPublic', as: null, given: tree } as const
const head = { ...get, op: 'downloadFileViaTokenPublic_1' } as const
const secret = { password: 'secret' }

/** What the owner's rights do to a share of his. */
const withoutRights = async (scene: Scene) => {
  const body = { ids: [scene.userId('writer')] }
  await scene.call('revokeRoomUsers', 'manager', { params: { room_id: scene.id('/') }, body })
}

/** Download shares, for anybody who has the key. */
export const publicSharesRows: readonly ContractRow[] = [
  {
    ...info,
    name: 'what a stranger may know',
    before: shared({
      ...secret,
      name: 'For you',
      notes: 'hello',
      internalNotes: 'inner',
      maxDownloads: 2,
      showCreatorName: true,
    }),
    send: of(),
    want: {
      status: 200,
      body: {
        name: 'For you',
        fileName: 'a.txt',
        size: 10,
        mediaType: (type) => String(type).startsWith('text/plain'),
        isProtected: true,
        isEncrypted: false,
        hasDownloadLimit: true,
        limitReached: false,
        creatorName: 'writer Person',
        creatorUsername: undefined,
        notes: 'hello',
        internalNotes: undefined,
      },
    },
  },
  {
    ...info,
    name: 'a creator who does not show himself',
    before: shared(),
    send: of(),
    want: {
      status: 200,
      body: { creatorName: '', creatorUsername: undefined, hasDownloadLimit: false },
    },
  },
  {
    ...info,
    name: 'a folder comes as an archive',
    before: shared({}, '/f'),
    send: of(),
    want: { status: 200, body: { fileName: 'f.zip', mediaType: 'application/zip', size: 2 } },
  },
  {
    ...info,
    name: 'a limit that is reached',
    before: opened({ maxDownloads: 1 }),
    send: of(),
    want: { status: 200, body: { limitReached: true } },
  },
  { ...info, name: 'an unknown key', send: noKey, want: unknownKey },
  {
    ...info,
    name: 'an owner who may not share any more',
    before: async (scene) => {
      await shared()(scene)
      await withoutRights(scene)
    },
    send: of(),
    want: unknownKey,
  },
  {
    ...info,
    name: 'a file that is gone',
    before: async (scene) => {
      await shared()(scene)
      await scene.call('removeNode', 'writer', { params: { node_id: scene.id('/a.txt') } })
    },
    send: of(),
    want: unknownKey,
  },
  {
    ...check,
    name: 'the right password',
    before: shared(secret),
    send: of({ query: secret }),
    want: { status: 200, body: undefined },
  },
  {
    ...check,
    name: 'a wrong password',
    before: shared(secret),
    send: of({ query: { password: 'nope' } }),
    want: { status: 401 },
  },
  { ...check, name: 'no password', before: shared(secret), send: of(), want: { status: 401 } },
  { ...check, name: 'a share without one', before: shared(), send: of(), want: { status: 200 } },
  { ...check, name: 'an unknown key', send: noKey, want: { status: 404 } },
  {
    ...open,
    name: 'an address below the key',
    before: shared(),
    send: of({ body: {} }),
    want: (scene) => ({
      status: 201,
      body: {
        downloadUrl: (url) =>
          String(url).startsWith(`${scene.url}/api/v4/public/shares/downloads/${key(scene)}/`),
      },
      events: ['link.used'],
    }),
  },
  {
    ...open,
    name: 'without a body',
    before: shared(),
    send: of(),
    want: { status: 201, events: ['link.used'] },
  },
  {
    ...open,
    name: 'with the password',
    before: shared(secret),
    send: of({ body: secret }),
    want: { status: 201, events: ['link.used'] },
  },
  {
    ...open,
    name: 'a wrong password',
    before: shared(secret),
    send: of({ body: { password: 'nope' } }),
    want: { status: 401, code: -50009, events: 'any' },
  },
  {
    ...open,
    name: 'no password',
    before: shared(secret),
    send: of({ body: {} }),
    want: { status: 401, code: -50009 },
  },
  {
    ...open,
    name: 'after the last download',
    before: opened({ maxDownloads: 1 }),
    send: of({ body: {} }),
    want: { status: 404, code: -50002 },
  },
  {
    ...open,
    name: 'too many wrong passwords lock it for a while',
    before: async (scene) => {
      await shared(secret)(scene)
      for (let round = 0; round < 12; round++) {
        await scene.call(
          'generateDownloadUrlPublic',
          null,
          of({ body: { password: 'nope' } })(scene),
        )
      }
    },
    send: of({ body: secret }),
    want: { status: 403, code: -51000, headers: { 'retry-after': /^\d+$/ } },
  },
  { ...open, name: 'an unknown key', send: { ...noKey, body: {} }, want: unknownKey },
  {
    ...get,
    name: 'the file',
    before: opened(secret, 'secret'),
    send: download(),
    want: {
      status: 200,
      body: '0123456789',
      headers: { 'content-length': '10', 'content-disposition': /^attachment; filename="?a\.txt/ },
    },
    then: async (scene) => {
      const { body } = await scene.call('requestDownloadShares', 'writer', {
        query: { filter: `accessKey:cn:${key(scene)}` },
      })
      const [share] = (body as { items: { cntDownloads: number }[] }).items
      if (share?.cntDownloads !== 1) throw new Error(`counted ${share?.cntDownloads}`)
    },
  },
  {
    ...get,
    name: 'a range',
    before: opened(),
    send: download({ headers: { range: 'bytes=2-4' } }),
    want: { status: 206, body: 234, headers: { 'content-range': 'bytes 2-4/10' } },
  },
  {
    ...get,
    name: 'beyond the file',
    before: opened(),
    send: download({ headers: { range: 'bytes=10-' } }),
    want: { status: 416, headers: { 'content-range': 'bytes */10' } },
  },
  {
    ...get,
    name: 'a folder comes as an archive',
    before: opened({}, undefined, '/f'),
    send: download(),
    want: {
      status: 200,
      body: (body) => String(body).includes('f/b.txt'),
      headers: { 'content-type': 'application/zip', 'content-length': /^\d+$/ },
    },
  },
  {
    ...get,
    name: 'a room comes without the rooms in it',
    given: { ...tree, '/sub': 'room', '/sub/inner.txt': { file: 'inner' } },
    before: opened({}, undefined, '/'),
    send: download(),
    want: {
      status: 200,
      body: (body) => String(body).includes('/f/b.txt') && !String(body).includes('inner'),
    },
  },
  {
    ...get,
    name: 'an archive is sent whole',
    before: opened({}, undefined, '/f'),
    send: download({ headers: { range: 'bytes=0-1' } }),
    want: { status: 400, code: -80022 },
  },
  {
    ...get,
    name: 'a generic type',
    before: opened(),
    send: download({ query: { generic_mimetype: true } }),
    want: { status: 200, headers: { 'content-type': 'application/octet-stream' } },
  },
  {
    ...get,
    name: 'a token that is none',
    before: shared(),
    send: (scene) => ({ params: { access_key: key(scene), token: 'x' } }),
    want: { status: 404, code: -50001 },
  },
  {
    ...get,
    name: 'a share that ended',
    before: async (scene) => {
      await opened()(scene)
      await scene.call('removeNode', 'writer', { params: { node_id: scene.id('/a.txt') } })
    },
    send: download(),
    want: { status: 404 },
  },
  {
    ...get,
    name: 'an owner who may not share any more',
    before: async (scene) => {
      await opened()(scene)
      await withoutRights(scene)
    },
    send: download(),
    want: { status: 404, code: -50000 },
  },
  {
    ...head,
    name: 'the head alone',
    before: opened(),
    send: download(),
    want: { status: 200, body: undefined, headers: { 'content-length': '10' } },
  },
  {
    ...head,
    name: 'the head of an archive',
    before: opened({}, undefined, '/f'),
    send: download(),
    want: { status: 200, body: undefined, headers: { 'content-length': /^\d+$/ } },
  },
  {
    ...head,
    name: 'a token that is none',
    before: shared(),
    send: (scene) => ({ params: { access_key: key(scene), token: 'x' } }),
    want: { status: 404 },
  },
]
