import { createWebhook } from '../../server/core/webhooks/create-webhook.ts'
import { asForm, png } from '../dracoon/pictures.ts'
import { downloadShare, ofShare, uploadShare } from '../dracoon/share-scene.ts'
import type { Scene } from '../row.ts'
import type { MatrixRow } from './matrix-row.ts'

const items = () => ({ body: { items: [{ key: 'k', value: 'v' }] } })
const ofNode = (scene: Scene) => ({ params: { node_id: scene.id('/f') } })
const many = (id: (scene: Scene) => unknown) => (scene: Scene) => ({
  body: { isSubscribed: true, objectIds: [id(scene)] },
})
const keptId = (scene: Scene) => Number(scene.kept.id)

const own: readonly MatrixRow[] = [
  { op: 'updateUserAccount', need: 'user', send: () => ({ body: { language: 'en' } }) },
  { op: 'uploadAvatarAsMultipart', need: 'user', send: () => asForm(png) },
  { op: 'resetAvatar', need: 'user' },
  { op: 'requestProfileAttributes', need: 'user' },
  { op: 'updateProfileAttributes', need: 'user', send: items },
  { op: 'setProfileAttributes', need: 'user', send: items },
  {
    op: 'removeProfileAttribute',
    need: 'user',
    send: () => ({ params: { key: 'nothing' } }),
    passes: 404,
  },
  { op: 'requestSubscriptionScopes', need: 'public' },
  { op: 'listNodeSubscriptions', need: 'user' },
  { op: 'listDownloadShareSubscriptions', need: 'user' },
  { op: 'listUploadShareSubscriptions', need: 'user' },
  ...(['subscribeNode', 'unsubscribeNode'] as const).map(
    (op): MatrixRow => ({
      op,
      need: 'read',
      send: ofNode,
    }),
  ),
  { op: 'updateNodeSubscriptions', need: 'read', send: many((scene) => scene.id('/f')) },
]

const links: readonly MatrixRow[] = (['Download', 'Upload'] as const).flatMap((kind) => {
  const before = kind === 'Download' ? downloadShare({}, '/f/a.txt') : uploadShare()
  const row = { need: 'write', before } as const
  return [
    { ...row, op: `subscribe${kind}Share`, send: ofShare() },
    { ...row, op: `unsubscribe${kind}Share`, send: ofShare() },
    { ...row, op: `subscribe${kind}Shares`, send: many(keptId) },
  ]
})

const auditor = {
  member: 'forbidden',
  reader: 'forbidden',
  writer: 'forbidden',
  manager: 'forbidden',
} as const

const audits: readonly MatrixRow[] = (
  [
    'requestLogEventsAsJson',
    'requestLogOperations',
    'requestAuditNodeInfo',
    'requestAuditNodeUserData',
  ] as const
).map((op) => ({ op, need: 'user', but: auditor }))

const hooks: readonly MatrixRow[] = [
  {
    op: 'requestListOfWebhooksForRoom',
    need: 'manage',
    send: (scene) => ({ params: { room_id: scene.id('/') } }),
  },
  {
    op: 'handleRoomWebhookAssignments',
    need: 'manage',
    before: async (scene) => {
      const wanted = {
        name: 'hook',
        url: 'https://hook.test',
        eventTypes: ['file.created'],
      } as const
      scene.kept.hook = (await createWebhook(scene.core('admin'), wanted)).id
    },
    send: (scene) => ({
      params: { room_id: scene.id('/') },
      body: { items: [{ webhookId: Number(scene.kept.hook), isAssigned: true }] },
    }),
  },
]

/** The own account and what belongs to it, the log of the tenant, webhooks of rooms. */
export const dracoonOwnThingsMatrix: readonly MatrixRow[] = [...own, ...links, ...audits, ...hooks]
