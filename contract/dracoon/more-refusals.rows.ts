import type { ContractRow, Scene, Send } from '../row.ts'
import { nothing } from './sample-call.ts'
import { byId, opened } from './upload-scene.ts'

const given = { '/f': 'folder', '/a.txt': { file: 'a' }, '/sub': 'room' } as const
const tooFar = { enableExpiration: true, expireAt: '9999-12-31T00:00:00Z' }

type Refusal = readonly [
  op: string,
  as: ContractRow['as'],
  name: string,
  send: (scene: Scene) => Send,
  status: number,
  code: number,
]

const fileKey = { key: 'a', iv: 'a', version: 'A', tag: 'a' }
const keyOf = (userId: unknown) => [{ userId, fileKey }]
const token = { token: 'nothing' }
const ofKey = { access_key: 'nothing', upload_id: 'nothing' }
const configured = (body: object) => (scene: Scene) => ({
  params: { room_id: scene.id('/sub') },
  body,
})

const plain: readonly Refusal[] = [
  [
    'updateFiles',
    'writer',
    'an end beyond all years',
    (scene) => ({ body: { objectIds: [scene.id('/a.txt')], expiration: tooFar } }),
    400,
    -80008,
  ],
  [
    'configureRoom',
    'manager',
    'an administrator who is not there',
    configured({ inheritPermissions: false, adminIds: [nothing] }),
    404,
    -70501,
  ],
  [
    'configureRoom',
    'manager',
    'a group that is not there',
    configured({ inheritPermissions: false, adminGroupIds: [nothing] }),
    404,
    -30000,
  ],
  [
    'updateFolder',
    'writer',
    'a file is no folder',
    (scene) => ({ params: { folder_id: scene.id('/a.txt') }, body: { name: 'new' } }),
    404,
    -40000,
  ],
  [
    'updateRoom',
    'manager',
    'a folder is no room',
    (scene) => ({ params: { room_id: scene.id('/f') }, body: { name: 'new' } }),
    404,
    -40000,
  ],
  [
    'completeFileUploadByToken',
    null,
    'a key for a negative user',
    () => ({ params: token, body: { userFileKeyList: { items: keyOf(-1) } } }),
    400,
    -80001,
  ],
  [
    'completeFileUploadByToken',
    null,
    'a key for no number',
    () => ({ params: token, body: { userFileKeyList: { items: keyOf('x') } } }),
    400,
    -80002,
  ],
  ...(
    [
      [-1, -80001],
      ['x', -80002],
    ] as const
  ).map(
    ([userId, code]): Refusal => [
      'completeFileUploadViaShare',
      null,
      `a key for ${userId}`,
      () => ({ params: ofKey, body: { items: keyOf(userId) } }),
      400,
      code,
    ],
  ),
  [
    'completeS3FileUploadViaShare',
    null,
    'a key for a negative user',
    () => ({
      params: ofKey,
      body: { parts: [], userFileKeyList: keyOf(-1) },
    }),
    400,
    -80001,
  ],
]

/** The writer is no member any more when the call comes. */
const leaving = (before: (scene: Scene) => Promise<void>) => async (scene: Scene) => {
  await before(scene)
  const wanted = { params: { room_id: scene.id('/') }, body: { ids: [scene.userId('writer')] } }
  await scene.call('revokeRoomUsers', 'manager', wanted)
}

const late: readonly ContractRow[] = [
  {
    op: 'completeFileUpload',
    name: 'where nobody sees the room any more',
    as: 'writer',
    given,
    before: leaving(opened({}, 'abcd')),
    send: byId({ body: {} }),
    want: { status: 404, code: -40000 },
  },
  {
    op: 'updateRoomUsers',
    name: 'nobody else manages a home',
    as: 'writer',
    given,
    before: async (scene) => {
      const { body } = await scene.call('requestUserInfo', 'writer', {})
      scene.kept.home = (body as { homeRoomId: number }).homeRoomId
    },
    send: (scene) => ({
      params: { room_id: Number(scene.kept.home) },
      body: {
        items: [
          {
            id: scene.userId('reader'),
            permissions: {
              ...{ manage: true, read: true, create: true, change: true, delete: true },
              ...{ manageDownloadShare: true, manageUploadShare: true, readRecycleBin: true },
              ...{ restoreRecycleBin: true, deleteRecycleBin: true },
            },
          },
        ],
      },
    }),
    want: { status: 400, code: -40022 },
  },
  {
    op: 'updateGroup',
    name: 'an end beyond all years',
    as: 'admin',
    given,
    before: async (scene) => {
      const wanted = { body: { name: `late ${scene.nodeId('/')}` } }
      const { body } = await scene.call('createGroup', 'admin', wanted)
      scene.kept.group = (body as { id: number }).id
    },
    send: (scene) => ({
      params: { group_id: Number(scene.kept.group) },
      body: { expiration: tooFar },
    }),
    want: { status: 400, code: -80008 },
  },
]

/** Refusals that the rows of the operations themselves leave out. */
export const moreRefusalsRows: readonly ContractRow[] = [
  ...plain.map(
    ([op, as, name, send, status, code]): ContractRow => ({
      ...{ op, as, name, given, send },
      want: { status, code },
    }),
  ),
  ...late,
]
