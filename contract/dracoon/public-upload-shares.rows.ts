import type { ContractRow, Scene } from '../row.ts'
import {
  both,
  brought,
  fileBrought,
  future,
  kept,
  ofKey,
  ofShare,
  ofUpload,
  shareTree,
  uploadShare,
  withoutRights,
} from './share-scene.ts'
import { md5 } from './upload-scene.ts'

const given = { ...shareTree, '/f/new.txt': { file: 'old' } } as const
const unknownKey = { status: 404, code: -50501 }
const unknownUpload = { status: 404, code: -20501 }
const noKey = { params: { access_key: 'nothing-of-the-kind' } }
const base64 = (text: string) => Buffer.from(text).toString('base64')
const withPassword = (text: string) => ofKey({ headers: { 'x-sds-share-password': text } })

const info = { op: 'requestPublicUploadShareInfo', as: null, given } as const
const secret = { password: 'sécret' }
const everything = {
  ...secret,
  name: 'For me',
  notes: 'hello',
  internalNotes: 'inner',
  maxSlots: 2,
  maxSize: 100,
  showUploadedFiles: true,
  showCreatorName: true,
  showCreatorUsername: true,
  expiration: future,
}
const few = {
  name: 'For me',
  isProtected: true,
  isEncrypted: false,
  showUploadedFiles: true,
  creatorName: '',
  creatorUsername: undefined,
  notes: undefined,
  expireAt: undefined,
  remainingSlots: undefined,
  remainingSize: undefined,
  uploadedFiles: undefined,
}
const all = {
  ...few,
  creatorName: 'writer Person',
  creatorUsername: 'writer',
  notes: 'hello',
  internalNotes: undefined,
  expireAt: '2099-01-01T00:00:00.000Z',
  remainingSlots: 1,
  remainingSize: 97,
  uploadedFiles: [
    { name: 'other.txt', size: 3, hash: md5('abc'), createdAt: (at: unknown) => !!at },
  ],
}
const full = both(uploadShare(everything), fileBrought('abc', 'other.txt', secret))

const knowing: readonly ContractRow[] = [
  {
    ...info,
    name: 'little before the password',
    before: full,
    send: ofKey(),
    want: { status: 200, body: few },
  },
  {
    ...info,
    name: 'all with it',
    before: full,
    send: withPassword(base64(secret.password)),
    want: { status: 200, body: all },
  },
  {
    ...info,
    name: 'all with it as it is',
    before: uploadShare({ ...everything, password: 'plain text' }),
    send: withPassword('plain text'),
    want: { status: 200, body: { remainingSlots: 2, uploadedFiles: [] } },
  },
  {
    ...info,
    name: 'nothing with a wrong one',
    before: full,
    send: withPassword(base64('nope')),
    want: { status: 401, code: -50502 },
  },
  {
    ...info,
    name: 'all of one without a password',
    before: uploadShare({ notes: 'hello' }),
    send: ofKey(),
    want: { status: 200, body: { notes: 'hello', isProtected: false, uploadedFiles: undefined } },
  },
  { ...info, name: 'an unknown key', send: noKey, want: unknownKey },
  {
    ...info,
    name: 'the key of a download share',
    before: async (scene) => {
      const wanted = { body: { nodeId: scene.id('/a.txt') } }
      const { body } = await scene.call('createDownloadShare', 'writer', wanted)
      scene.kept.accessKey = (body as { accessKey: string }).accessKey
    },
    send: ofKey(),
    want: unknownKey,
  },
  {
    ...info,
    name: 'an owner who may not share any more',
    before: both(uploadShare(), withoutRights),
    send: ofKey(),
    want: unknownKey,
  },
]

const open = { op: 'createShareUploadChannel', as: null, given, before: uploadShare() } as const
const announcing = (body: object = {}) => ofKey({ body: { name: 'new.txt', ...body } })
const noSlot = { status: 400, code: -50506 }
const noRoom = { status: 507, code: -50504 }

const opening: readonly ContractRow[] = [
  {
    ...open,
    name: 'an address below the key',
    send: announcing({ size: 3, timestampModification: '2020-01-01T00:00:00Z' }),
    want: (scene) => ({
      status: 201,
      body: {
        uploadId: (id) => String(id).length >= 22,
        uploadUrl: (url) =>
          String(url).startsWith(
            `${scene.url}/api/v4/public/shares/uploads/${kept(scene, 'accessKey')}/`,
          ),
      },
    }),
  },
  {
    ...open,
    name: 'with the password',
    before: uploadShare(secret),
    send: announcing(secret),
    want: { status: 201 },
  },
  {
    ...open,
    name: 'a wrong password',
    before: uploadShare(secret),
    send: announcing({ password: 'nope' }),
    want: { status: 401, code: -50502 },
  },
  {
    ...open,
    name: 'no password',
    before: uploadShare(secret),
    send: announcing(),
    want: { status: 401, code: -50502 },
  },
  {
    ...open,
    name: 'too many wrong passwords lock it for a while',
    before: both(uploadShare(secret), async (scene) => {
      for (let round = 0; round < 12; round++) {
        const wrong = announcing({ password: 'nope' })(scene)
        await scene.call('createShareUploadChannel', null, wrong)
      }
    }),
    send: announcing(secret),
    want: { status: 403, code: -51000 },
  },
  {
    ...open,
    name: 'a bad name',
    send: announcing({ name: 'a/b' }),
    want: { status: 400, code: -40755 },
  },
  { ...open, name: 'no name', send: ofKey({ body: {} }), want: { status: 400, code: -80000 } },
  {
    ...open,
    name: 'a size that is none',
    send: announcing({ size: 'x' }),
    want: { status: 400, code: -80002 },
  },
  {
    ...open,
    name: 'a size below nothing',
    send: announcing({ size: -1 }),
    want: { status: 400, code: -80001 },
  },
  {
    ...open,
    name: 'more bytes than it takes',
    before: uploadShare({ maxSize: 10 }),
    send: announcing({ size: 11 }),
    want: noRoom,
  },
  {
    ...open,
    name: 'more bytes than the room takes',
    before: both(uploadShare(), (scene) => small(scene)),
    send: announcing({ size: 6 }),
    want: { status: 507, code: -40200 },
  },
  {
    ...open,
    name: 'after the last slot',
    before: both(uploadShare({ maxSlots: 1 }), fileBrought('a')),
    send: announcing(),
    want: noSlot,
  },
  { ...open, name: 'an unknown key', send: { ...noKey, body: { name: 'x' } }, want: unknownKey },
]

/** The room takes five bytes more than it has. */
const small = async (scene: Scene) => {
  const body = { quota: 13 + 5 }
  const params = { room_id: scene.id('/') }
  const { status } = await scene.call('updateRoom', 'admin', { params, body })
  if (status !== 200) throw new Error(`the room has no quota: ${status}`)
}
const roomIsFull = { status: 507, code: -40200 }

const chunk = {
  op: 'uploadFileAsMultipartPublic_1',
  as: null,
  given,
  before: both(uploadShare({ maxSize: 10 }), brought()),
} as const

/** Names the upload by the key of another share. */
const elsewhere = async (scene: Scene) => {
  const id = scene.kept.uploadId
  await uploadShare({}, '/')(scene)
  scene.kept.uploadId = id
}

const chunks: readonly ContractRow[] = [
  {
    ...chunk,
    name: 'bytes',
    send: ofUpload({ bytes: 'abc', headers: { 'content-range': 'bytes 0-2/3' } }),
    want: { status: 201, body: { size: 3, hash: md5('abc') } },
  },
  {
    ...chunk,
    name: 'more than the share takes',
    send: ofUpload({ bytes: 'x'.repeat(11) }),
    want: noRoom,
  },
  {
    ...chunk,
    name: 'more than the room takes',
    before: both(uploadShare(), brought(), small),
    send: ofUpload({ bytes: 'x'.repeat(6) }),
    want: roomIsFull,
  },
  {
    ...chunk,
    name: 'a range that leaves a hole',
    send: ofUpload({ bytes: 'abc', headers: { 'content-range': 'bytes 5-7/9' } }),
    want: { status: 400, code: -80021 },
  },
  {
    ...chunk,
    name: 'a form without a file',
    send: ofUpload({
      bytes: '--b\r\ncontent-disposition: form-data; name="x"\r\n\r\ny\r\n--b--\r\n',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
    }),
    want: { status: 400, code: -80000 },
  },
  {
    ...chunk,
    name: 'an unknown upload',
    send: (scene) => ({
      params: { access_key: kept(scene, 'accessKey'), upload_id: 'x' },
      bytes: 'abc',
    }),
    want: unknownUpload,
  },
  {
    ...chunk,
    name: 'through another share',
    before: both(chunk.before, elsewhere),
    send: ofUpload({ bytes: 'abc' }),
    want: unknownUpload,
  },
  {
    ...chunk,
    name: 'after the share has ended',
    before: both(chunk.before, async (scene) => {
      await scene.call('removeUploadShare', 'writer', ofShare()(scene))
    }),
    send: ofUpload({ bytes: 'abc' }),
    want: unknownKey,
  },
  {
    op: 'completeFileUploadByToken',
    name: 'its id opens nothing beside the share',
    as: null,
    given,
    before: both(uploadShare(), brought({}, 'abc')),
    send: (scene) => ({ params: { token: kept(scene, 'uploadId') }, body: {} }),
    want: unknownUpload,
  },
]

/** Upload shares, for anybody who has the key. */
export const publicUploadSharesRows: readonly ContractRow[] = [
  ...knowing,
  ...opening,
  ...chunks,
  {
    op: 'requestThirdPartyDependencies',
    name: 'what the program runs with',
    as: null,
    want: {
      status: 200,
      body: (list) =>
        (list as { name: string; licenses: string[] }[]).some(
          ({ name, licenses }) => name === 'fastify' && licenses.join() === 'MIT',
        ),
    },
  },
]
