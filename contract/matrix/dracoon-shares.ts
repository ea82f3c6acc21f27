import {
  both,
  brought,
  downloadShare,
  kept,
  ofKey,
  ofShare,
  ofUpload,
  uploadShare,
} from '../dracoon/share-scene.ts'
import type { Scene } from '../row.ts'
import type { MatrixRow } from './matrix-row.ts'

const download = { need: 'write', before: downloadShare({}, '/f/a.txt') } as const
const upload = { need: 'write', before: uploadShare() } as const
const named = ofShare({ body: { name: 'new' } })
const ids = (name: string) => (scene: Scene) => ({ body: { [name]: [Number(scene.kept.id)] } })
// No mail is sent here: who may not manage the share must not learn more than that.
const mailed = { send: ofShare({ body: { recipients: ['a@b.test'], body: '' } }), passes: 400 }

const managing: readonly MatrixRow[] = [
  { op: 'requestUploadShares', need: 'user' },
  {
    op: 'createUploadShare',
    need: 'write',
    send: (scene) => ({ body: { targetId: scene.id('/f') } }),
  },
  { ...download, op: 'updateDownloadShare', send: named },
  { ...download, op: 'updateDownloadShares', send: ids('objectIds') },
  { ...download, op: 'requestDownloadShareQr', send: ofShare() },
  { ...upload, op: 'requestUploadShare', send: ofShare() },
  { ...upload, op: 'requestUploadShareQr', send: ofShare() },
  { ...upload, op: 'updateUploadShare', send: named },
  { ...upload, op: 'updateUploadShares', send: ids('objectIds') },
  { ...upload, op: 'removeUploadShare', send: ofShare() },
  { ...upload, op: 'deleteUploadShares', send: ids('shareIds') },
  ...(['sendDownloadShareLinkViaEmail', 'sendUploadShareLinkViaEmail'] as const).map(
    (op): MatrixRow => ({ op, need: 'user', ...mailed, before: uploadShare() }),
  ),
]

const s3 = { directS3Upload: true, size: 4 }
const urls = { firstPartNumber: 1, lastPartNumber: 1, size: 4 }
const direct = both(uploadShare(), brought(s3))
const full = both(uploadShare(), brought({}, 'abcd'))
const partSent = both(direct, async (scene) => {
  const wanted = ofUpload({ body: urls })(scene)
  const { body } = await scene.call('generatePresignedUrlsPublic', null, wanted)
  const [part] = (body as { urls: { url: string }[] }).urls
  const response = await fetch(part?.url ?? '', { method: 'PUT', body: 'abcd' })
  scene.kept.etag = response.headers.get('etag')?.replaceAll('"', '')
})

const bringing: readonly MatrixRow[] = [
  { op: 'requestPublicUploadShareInfo', need: 'bearer', before: uploadShare(), send: ofKey() },
  {
    op: 'createShareUploadChannel',
    need: 'bearer',
    before: uploadShare(),
    send: ofKey({ body: { name: 'new.txt' } }),
  },
  {
    op: 'uploadFileAsMultipartPublic_1',
    need: 'bearer',
    before: both(uploadShare(), brought()),
    send: ofUpload({ bytes: 'abcd' }),
  },
  { op: 'completeFileUploadViaShare', need: 'bearer', before: full, send: ofUpload({ body: {} }) },
  { op: 'cancelFileUploadViaShare', need: 'bearer', before: full, send: ofUpload() },
  {
    op: 'generatePresignedUrlsPublic',
    need: 'bearer',
    before: direct,
    send: ofUpload({ body: urls }),
  },
  {
    op: 'completeS3FileUploadViaShare',
    need: 'bearer',
    before: partSent,
    send: (scene) =>
      ofUpload({ body: { parts: [{ partNumber: 1, partEtag: kept(scene, 'etag') }] } })(scene),
  },
  { op: 'requestUploadStatusPublic', need: 'bearer', before: direct, send: ofUpload() },
]

/** Shares beyond making, seeing and opening download shares. */
export const dracoonSharesMatrix: readonly MatrixRow[] = [
  { op: 'requestThirdPartyDependencies', need: 'public' },
  { op: 'requestClassificationPoliciesConfig', need: 'users' },
  {
    op: 'changeClassificationPoliciesConfig',
    need: 'users',
    send: () => ({
      body: { shareClassificationPolicies: { classificationRequiresSharePassword: 0 } },
    }),
  },
  ...managing,
  ...bringing,
]
