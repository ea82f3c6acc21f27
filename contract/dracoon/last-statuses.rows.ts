import type { ContractRow, Scene } from '../row.ts'
import { encrypted, ofFile, rescuePaired, uploaded, wirePair } from './key-scene.ts'
import { both, brought, downloadShare, kept, ofKey, ofUpload, uploadShare } from './share-scene.ts'
import { byId, byToken, opened } from './upload-scene.ts'

const given = { '/a.txt': { file: '0123456789' }, '/sub': 'room' } as const
const nothingHeld = Object.fromEntries(
  [
    ...['manage', 'read', 'create', 'change', 'delete', 'manageDownloadShare'],
    ...['manageUploadShare', 'readRecycleBin', 'restoreRecycleBin', 'deleteRecycleBin'],
  ].map((name) => [name, false]),
)

/** From now on somebody holds this alone in the room. */
const holding = (who: 'reader' | 'writer', permissions: object) => async (scene: Scene) => {
  const item = { id: scene.userId(who), permissions: { ...nothingHeld, ...permissions } }
  const wanted = { params: { room_id: scene.id('/') }, body: { items: [item] } }
  const { status, body } = await scene.call('updateRoomUsers', 'manager', wanted)
  if (status >= 300) throw new Error(`not changed: ${JSON.stringify(body)}`)
}
/** Sees what is there, and reads none of it. */
const onlyCreating = holding('reader', { create: true })
const onlyReading = holding('writer', { read: true })
const forbidden = { status: 403 }

/** Leaves place for so many bytes in '/sub'. */
const roomFor = (quota: number) => async (scene: Scene) => {
  const wanted = { params: { room_id: scene.id('/sub') }, body: { quota } }
  const { status, body } = await scene.call('updateRoom', 'manager', wanted)
  if (status !== 200) throw new Error(`no quota: ${JSON.stringify(body)}`)
}

const asked = async (scene: Scene) => {
  const wanted = { params: { file_id: scene.id('/a.txt') } }
  const { body } = await scene.call('generateDownloadUrl', 'reader', wanted)
  const { downloadUrl } = body as { downloadUrl: string }
  scene.kept.token = downloadUrl.slice(downloadUrl.lastIndexOf('/') + 1)
}
const get = { op: 'downloadFileViaToken', as: null, given, before: asked } as const
const head = { ...get, op: 'downloadFileViaToken_1' } as const
const beyond = byToken({ headers: { range: 'bytes=10-11' } })

const downloads: readonly ContractRow[] = [
  {
    op: 'generateDownloadUrl',
    name: 'of a file that one sees and may not read',
    as: 'reader',
    given,
    before: onlyCreating,
    send: (scene) => ({ params: { file_id: scene.id('/a.txt') } }),
    want: forbidden,
  },
  ...[get, head].map((one) => ({
    ...one,
    name: 'who asked may not read it any more',
    before: both(asked, onlyCreating),
    send: byToken(),
    want: forbidden,
  })),
  {
    ...head,
    name: 'beyond the file',
    send: beyond,
    want: { status: 416, headers: { 'content-range': 'bytes */10' } },
  },
  {
    ...head,
    name: 'a file that is gone',
    before: both(asked, async (scene) => {
      await scene.call('removeNode', 'writer', { params: { node_id: scene.id('/a.txt') } })
    }),
    send: byToken(),
    want: { status: 404 },
  },
]

const shareOpened = both(downloadShare(), async (scene) => {
  const { body } = await scene.call('generateDownloadUrlPublic', null, ofKey({ body: {} })(scene))
  const { downloadUrl } = body as { downloadUrl: string }
  scene.kept.token = downloadUrl.slice(downloadUrl.lastIndexOf('/') + 1)
})
const publicHead = {
  op: 'downloadFileViaTokenPublic_1',
  as: null,
  given,
  before: shareOpened,
} as const
const ranged = (range: string) => (scene: Scene) => ({
  params: { access_key: kept(scene, 'accessKey'), token: kept(scene, 'token') },
  headers: { range },
})
const check = { op: 'checkPublicDownloadSharePassword', as: null, given } as const
const secret = { password: 'secret' }

const publicDownloads: readonly ContractRow[] = [
  {
    ...publicHead,
    name: 'the head of a range',
    send: ranged('bytes=2-4'),
    want: { status: 206, headers: { 'content-length': '3', 'content-range': 'bytes 2-4/10' } },
  },
  {
    ...publicHead,
    name: 'beyond the file',
    send: ranged('bytes=10-11'),
    want: { status: 416, headers: { 'content-range': 'bytes */10' } },
  },
  {
    ...check,
    name: 'two passwords at once',
    before: downloadShare(secret),
    send: (scene) => ({
      path: `/api/v4/public/shares/downloads/${kept(scene, 'accessKey')}?password=a&password=b`,
    }),
    want: { status: 400 },
  },
  {
    ...check,
    name: 'too many wrong passwords lock it for a while',
    before: both(downloadShare(secret), async (scene) => {
      const wrong = ofKey({ query: { password: 'nope' } })(scene)
      for (let round = 0; round < 12; round++) await scene.call(check.op, null, wrong)
    }),
    send: ofKey({ query: secret }),
    want: forbidden,
  },
]

const inSub = (body: object, ...chunks: string[]) =>
  async function open(scene: Scene) {
    await opened({ parentId: scene.id('/sub'), ...body }, ...chunks)(scene)
  }
const full = both(inSub({}, 'abcd'), roomFor(3))

/** One part, sent to its address. */
const partSent = async (scene: Scene) => {
  const range = { firstPartNumber: 1, lastPartNumber: 1, size: 4 }
  const wanted = byId({ body: range })(scene)
  const { body } = await scene.call('generatePresignedUrlsFiles', 'writer', wanted)
  const [part] = (body as { urls: { url: string }[] }).urls
  const response = await fetch(part?.url ?? '', { method: 'PUT', body: 'abcd' })
  scene.kept.etag = response.headers.get('etag')?.replaceAll('"', '')
}
const direct = both(opened({ directS3Upload: true, size: 4 }), partSent)
const parts = { directS3Upload: true }
const asking = { firstPartNumber: 1, lastPartNumber: 2, size: 4 }
const withParts = (scene: Scene) => ({
  params: { upload_id: kept(scene, 'uploadId') },
  body: { parts: [{ partNumber: 1, partEtag: kept(scene, 'etag') }] },
})

const uploads: readonly ContractRow[] = [
  {
    op: 'completeFileUpload',
    name: 'the room takes less meanwhile',
    as: 'writer',
    given,
    before: full,
    send: byId({ body: {} }),
    want: { status: 507, code: -40200 },
  },
  {
    op: 'completeFileUploadByToken',
    name: 'the room takes less meanwhile',
    as: null,
    given,
    before: full,
    send: byToken({ body: {} }),
    want: { status: 507, code: -40200 },
  },
  {
    op: 'completeS3FileUpload',
    name: 'who began it may not make files any more',
    as: 'writer',
    given,
    before: both(direct, onlyReading),
    send: withParts,
    want: forbidden,
  },
  {
    op: 'completeS3FileUpload',
    name: 'a name that is taken by now',
    as: 'writer',
    given,
    before: both(opened({ ...parts, name: 'a.txt', size: 4 }), partSent),
    send: (scene) => {
      const { params, body } = withParts(scene)
      return { params, body: { ...body, resolutionStrategy: 'fail' } }
    },
    want: { status: 409, code: -41001 },
    then: async (scene) => {
      const { params, body } = withParts(scene)
      const wanted = { ...body, resolutionStrategy: 'fail', fileName: 'b.txt' }
      const again = { params, body: wanted }
      const { status } = await scene.call('completeS3FileUpload', 'writer', again)
      if (status !== 202) throw new Error(`it is closed: ${status}`)
    },
  },
  {
    op: 'generatePresignedUrlsFiles',
    name: 'who began it may not make files any more',
    as: 'writer',
    given,
    before: both(opened(parts), onlyReading),
    send: byId({ body: asking }),
    want: forbidden,
  },
  {
    op: 'generatePresignedUrlsFiles',
    name: 'more than the room takes',
    as: 'writer',
    given,
    before: both(inSub(parts), roomFor(7)),
    send: byId({ body: asking }),
    want: { status: 507, code: -40200 },
  },
  {
    op: 'generatePresignedUrlsPublic',
    name: 'more than the share takes',
    as: null,
    given: { '/f': 'folder' },
    before: both(uploadShare({ maxSize: 7 }), brought(parts)),
    send: ofUpload({ body: asking }),
    want: { status: 507, code: -50504 },
  },
]

/** Whoever holds the token acts for the one who began the upload; he is locked meanwhile. */
const byLocked = (op: string): ContractRow => ({
  op,
  name: 'the account behind it is locked',
  as: null,
  given,
  before: both(opened({}, 'abcd'), async (scene) => {
    const wanted = { params: { user_id: scene.userId('writer') }, body: { isLocked: true } }
    const { status } = await scene.call('updateUser', 'admin', wanted)
    if (status !== 200) throw new Error(`not locked: ${status}`)
  }),
  send: byToken(op === 'completeFileUploadByToken' ? { body: {} } : {}),
  want: { status: 401, code: -20502 },
  then: async (scene) => {
    const chunk = byToken({ bytes: 'ef' })(scene)
    const { status } = await scene.call('uploadFileByTokenAsMultipart_1', null, chunk)
    if (status !== 401) throw new Error(`a chunk is answered ${status}`)
  },
})
export const lockedCompletingRows: readonly ContractRow[] = [byLocked('completeFileUploadByToken')]
export const lockedCancellingRows: readonly ContractRow[] = [byLocked('cancelFileUploadByToken')]

const pictures: readonly ContractRow[] = ['image/webp', 'text/html'].map((accept) => ({
  op: 'downloadAvatar',
  name: `a picture of another type than ${accept}`,
  as: null,
  before: async (scene) => {
    const { body } = await scene.call('requestAvatar', 'reader', {})
    scene.kept.uuid = (body as { avatarUuid: string }).avatarUuid
  },
  send: (scene) => ({
    params: { user_id: scene.userId('reader'), uuid: kept(scene, 'uuid') },
    headers: { accept },
  }),
  want: { status: 406, body: { errorCode: undefined } },
}))

/** Statuses that the other rows of the operations leave out: late changes and heads of files. */
export const lastStatusesRows: readonly ContractRow[] = [
  ...downloads,
  ...publicDownloads,
  ...uploads,
  ...pictures,
]

const keysOf = (before: ContractRow['before'], op: string): ContractRow => ({
  op,
  name: 'of what one sees and may not read',
  as: 'reader',
  before,
  send: ofFile,
  want: forbidden,
})

/** The same of rooms that clients encrypt. */
export const lastKeyStatusesRows: readonly ContractRow[] = [
  ...['requestRoomRescueKeyPair', 'requestRoomRescueKeyPairs'].map((op) => ({
    ...keysOf(both(encrypted({ dataRoomRescueKey: wirePair() }), onlyCreating), op),
    send: (scene: Scene) => ({ params: { room_id: scene.id('/') } }),
  })),
  keysOf(
    both(encrypted({ dataRoomRescueKey: wirePair() }), uploaded(), onlyCreating),
    'requestRoomRescueKey',
  ),
  keysOf(
    both(
      rescuePaired('RSA-4096'),
      encrypted({ useDataSpaceRescueKey: true }),
      uploaded(),
      onlyCreating,
    ),
    'requestSystemRescueKey',
  ),
]
