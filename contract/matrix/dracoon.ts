import { byId, byToken, opened } from '../dracoon/upload-scene.ts'
import type { Scene, Send } from '../row.ts'
import { password } from '../scene.ts'
import { dracoonArchives } from './dracoon-archives.ts'
import { groupsMatrix } from './dracoon-groups.ts'
import { dracoonKeysMatrix } from './dracoon-keys.ts'
import { dracoonOwnThingsMatrix } from './dracoon-own-things.ts'
import { remarksRows } from './dracoon-remarks.ts'
import { dracoonSharesMatrix } from './dracoon-shares.ts'
import { trashRows } from './dracoon-trash.ts'
import type { MatrixRow, Need } from './matrix-row.ts'

const given = {
  '/f': 'folder',
  '/f/a.txt': { file: 'alpha' },
  '/to': 'folder',
  '/sub': 'room',
} as const

const params = (name: string, path: string, body?: (scene: Scene) => object) => (scene: Scene) => ({
  params: { [name]: scene.id(path) },
  body: body?.(scene),
})
const kept = (scene: Scene, name: string) => String(scene.kept[name])

const rows = (need: Need, ...ops: string[]): MatrixRow[] => ops.map((op) => ({ op, need }))

const open: readonly MatrixRow[] = [
  ...rows('public', 'ping', 'requestSystemInfo', 'requestActiveDirectoryAuthInfo'),
  ...rows('public', 'requestOpenIdAuthInfo', 'requestSystemTime', 'requestSoftwareVersion'),
  {
    op: 'login',
    need: 'public',
    // The account is the default tenant's.
    but: { stranger: 'unauthenticated' },
    send: () => ({ body: { userName: 'member', password, authType: 'basic', language: 'de' } }),
  },
]

const signedIn: readonly MatrixRow[] = [
  ...rows('user', 'requestGeneralSettingsInfo', 'requestInfrastructurePropertiesInfo'),
  ...rows('user', 'requestSystemDefaultsInfo', 'requestAlgorithms', 'requestUserInfo'),
  ...rows('user', 'requestPasswordPoliciesConfigInfo', 'requestGuestUsersPoliciesConfigInfo'),
  ...rows('user', 'requestClassificationPoliciesConfigInfo', 'requestProductPackages'),
  ...rows('user', 'requestCurrentProductPackages', 'requestAvatar', 'requestCustomerInfo'),
  ...rows('user', 'requestUserKeyPairs', 'pingUser', 'requestDownloadShares'),
  { op: 'logout', need: 'user', ends: true },
  {
    op: 'changeUserPassword',
    need: 'user',
    send: () => ({ body: { oldPassword: password, newPassword: 'short' } }),
    passes: 400,
  },
]

const users: readonly MatrixRow[] = [
  { op: 'requestUsers', need: 'users' },
  {
    op: 'createUser',
    need: 'users',
    send: (scene) => ({
      body: {
        firstName: 'N',
        lastName: 'N',
        userName: `made ${scene.nodeId('/')}`,
        authData: { method: 'basic', login: `made ${scene.nodeId('/')}` },
      },
    }),
  },
  {
    op: 'requestUser',
    need: 'users',
    // An account is seen by those who manage users in its tenant, and by who has it.
    but: {
      stranger: 'not-found',
      member: 'ok',
      reader: 'not-found',
      writer: 'not-found',
      manager: 'not-found',
    },
    send: (scene) => ({ params: { user_id: scene.userId('member') } }),
  },
]

const avatar = async (scene: Scene) => {
  const { body } = await scene.call('requestAvatar', 'writer', {})
  scene.kept.uuid = (body as { avatarUuid: string }).avatarUuid
}
const ofAvatar = (scene: Scene) => ({
  params: { user_id: scene.userId('writer'), uuid: kept(scene, 'uuid') },
})

// The picture is drawn from its address alone: nothing is looked up in any tenant.
const avatars: readonly MatrixRow[] = ['requestUserAvatar', 'downloadAvatar'].map((op) => ({
  op,
  need: 'public',
  before: avatar,
  send: ofAvatar,
}))

const named = (scene: Scene) => ({ items: [{ id: scene.id('/f/a.txt') }] })

const nodes: readonly MatrixRow[] = [
  { op: 'requestNodes', need: 'read', send: (scene) => ({ query: { parent_id: scene.id('/') } }) },
  { op: 'requestNode', need: 'read', send: params('node_id', '/f/a.txt') },
  { op: 'requestNodeParents', need: 'read', send: params('node_id', '/f/a.txt') },
  {
    op: 'createFolder',
    need: 'write',
    send: (scene) => ({ body: { parentId: scene.id('/'), name: 'new' } }),
  },
  { op: 'updateFolder', need: 'write', send: params('folder_id', '/f', () => ({ name: 'new' })) },
  { op: 'updateFile', need: 'write', send: params('file_id', '/f/a.txt', () => ({ name: 'new' })) },
  {
    op: 'removeNodes',
    need: 'write',
    send: (scene) => ({ body: { nodeIds: [scene.id('/f/a.txt')] } }),
  },
  { op: 'removeNode', need: 'write', send: params('node_id', '/f/a.txt') },
  { op: 'moveNodes', need: 'write', send: params('node_id', '/to', named) },
  { op: 'copyNodes', need: 'write', send: params('node_id', '/to', named) },
]

const readOnly = {
  manage: false,
  read: true,
  create: false,
  change: false,
  delete: false,
  manageDownloadShare: false,
  manageUploadShare: false,
  readRecycleBin: false,
  restoreRecycleBin: false,
  deleteRecycleBin: false,
}
const inRoom = (body: (scene: Scene) => object) => params('room_id', '/', body)

const rooms: readonly MatrixRow[] = [
  {
    op: 'createRoom',
    need: 'manage',
    send: (scene) => ({ body: { parentId: scene.id('/'), name: 'new', inheritPermissions: true } }),
  },
  { op: 'updateRoom', need: 'manage', send: inRoom(() => ({ notes: 'new' })) },
  { op: 'configureRoom', need: 'manage', send: inRoom(() => ({ classification: 2 })) },
  { op: 'requestRoomUsers', need: 'read', send: params('room_id', '/') },
  {
    op: 'updateRoomUsers',
    need: 'manage',
    send: inRoom((scene) => ({
      items: [{ id: scene.userId('member'), permissions: readOnly }],
    })),
  },
  {
    op: 'revokeRoomUsers',
    need: 'manage',
    send: inRoom((scene) => ({ ids: [scene.userId('reader')] })),
  },
  { op: 'requestRoomActivitiesLogAsJson', need: 'read', send: params('room_id', '/') },
]

const s3 = { directS3Upload: true, size: 4 }
const urls = { body: { firstPartNumber: 1, lastPartNumber: 1, size: 4 } }

/** The bytes lie at their address; completing needs its tag. */
const sent = async (scene: Scene) => {
  await opened(s3)(scene)
  const { body } = await scene.call('generatePresignedUrlsFiles', 'writer', byId(urls)(scene))
  const [part] = (body as { urls: { url: string }[] }).urls
  const response = await fetch(part?.url ?? '', { method: 'PUT', body: 'abcd' })
  scene.kept.etag = response.headers.get('etag')?.replaceAll('"', '')
}
const completing = (scene: Scene): Send =>
  byId({ body: { parts: [{ partNumber: 1, partEtag: kept(scene, 'etag') }] } })(scene)

const full = opened({}, 'abcd')

const uploads: readonly MatrixRow[] = [
  {
    op: 'createFileUploadChannel',
    need: 'write',
    send: (scene) => ({ body: { parentId: scene.id('/'), name: 'new.txt' } }),
  },
  { op: 'uploadFileAsMultipart', need: 'own', before: opened(), send: byId({ bytes: 'abcd' }) },
  { op: 'requestUploadStatusFiles', need: 'own', before: opened(s3), send: byId() },
  { op: 'generatePresignedUrlsFiles', need: 'own', before: opened(s3), send: byId(urls) },
  { op: 'completeS3FileUpload', need: 'own', before: sent, send: completing },
  { op: 'completeFileUpload', need: 'own', before: full, send: byId({ body: {} }) },
  { op: 'cancelFileUpload', need: 'own', before: full, send: byId() },
  {
    op: 'uploadFileByTokenAsMultipart_1',
    need: 'bearer',
    before: opened(),
    send: byToken({ bytes: 'abcd' }),
  },
  { op: 'completeFileUploadByToken', need: 'bearer', before: full, send: byToken({ body: {} }) },
  { op: 'cancelFileUploadByToken', need: 'bearer', before: full, send: byToken() },
]

const lastOf = (url: string) => url.slice(url.lastIndexOf('/') + 1)
const download = async (scene: Scene) => {
  const { body } = await scene.call(
    'generateDownloadUrl',
    'reader',
    params('file_id', '/f/a.txt')(scene),
  )
  scene.kept.token = lastOf((body as { downloadUrl: string }).downloadUrl)
}

const downloads: readonly MatrixRow[] = [
  { op: 'generateDownloadUrl', need: 'read', send: params('file_id', '/f/a.txt') },
  ...['downloadFileViaToken', 'downloadFileViaToken_1'].map(
    (op): MatrixRow => ({
      op,
      need: 'bearer',
      // This face calls a wrong token unauthenticated.
      but: { stranger: 'unauthenticated' },
      before: download,
      send: byToken(),
    }),
  ),
]

const sharing = (scene: Scene) => ({ body: { nodeId: scene.id('/f/a.txt') } })
const share = async (scene: Scene) => {
  const { body } = await scene.call('createDownloadShare', 'writer', sharing(scene))
  const { id, accessKey } = body as { id: number; accessKey: string }
  Object.assign(scene.kept, { id, accessKey })
}
const ofShare = (scene: Scene) => ({ params: { share_id: kept(scene, 'id') } })
const ofKey = (scene: Scene) => ({ params: { access_key: kept(scene, 'accessKey') } })
const shareUrl = async (scene: Scene) => {
  await share(scene)
  const { body } = await scene.call('generateDownloadUrlPublic', null, {
    ...ofKey(scene),
    body: {},
  })
  scene.kept.token = lastOf((body as { downloadUrl: string }).downloadUrl)
}
const ofKeyAndToken = (scene: Scene) => ({
  params: { ...ofKey(scene).params, token: kept(scene, 'token') },
})
// Who may not manage links of a node does not see them.
const shareRow = { before: share } as const

const shares: readonly MatrixRow[] = [
  { op: 'createDownloadShare', need: 'write', send: sharing },
  { ...shareRow, op: 'requestDownloadShare', need: 'write', send: ofShare },
  { ...shareRow, op: 'removeDownloadShare', need: 'write', send: ofShare },
  {
    ...shareRow,
    op: 'deleteDownloadShares',
    need: 'write',
    send: (scene) => ({ body: { shareIds: [Number(kept(scene, 'id'))] } }),
  },
  { op: 'requestPublicDownloadShareInfo', need: 'bearer', before: share, send: ofKey },
  { op: 'checkPublicDownloadSharePassword', need: 'bearer', before: share, send: ofKey },
  {
    op: 'generateDownloadUrlPublic',
    need: 'bearer',
    before: share,
    send: (scene) => ({ ...ofKey(scene), body: {} }),
  },
  { op: 'downloadFileViaTokenPublic', need: 'bearer', before: shareUrl, send: ofKeyAndToken },
  { op: 'downloadFileViaTokenPublic_1', need: 'bearer', before: shareUrl, send: ofKeyAndToken },
]

/** DRACOON, every operation that is built. */
export const dracoonMatrix: readonly MatrixRow[] = [
  ...open,
  ...signedIn,
  ...users,
  ...avatars,
  ...nodes,
  ...rooms,
  ...uploads,
  ...downloads,
  ...dracoonArchives,
  ...shares,
  ...trashRows,
  ...groupsMatrix,
  ...dracoonSharesMatrix,
  ...remarksRows,
  ...dracoonOwnThingsMatrix,
  ...dracoonKeysMatrix,
].map((row) => ({ given, ...row }))
