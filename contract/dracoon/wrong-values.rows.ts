import type { ContractRow, Scene, Send } from '../row.ts'
import { downloadShare, ofShare, shareTree, uploadShare } from './share-scene.ts'
import { byId, byToken, opened } from './upload-scene.ts'

/** Values that fit the document and that core refuses, operation by operation. */

const given = { ...shareTree, '/f/in.txt': { file: 'in' }, '/sub': 'room' } as const
const tooLong = 'x'.repeat(256)
const tooFar = { enableExpiration: true, expireAt: '9999-12-31T00:00:00Z' }

type Make = { readonly op: string; readonly as?: ContractRow['as'] } & Pick<ContractRow, 'before'>

const refusing =
  ({ op, as = 'writer', before }: Make, sendOf: (scene: Scene, body: object) => Send) =>
  (name: string, body: object, code: number, status = 400): ContractRow => ({
    op,
    name,
    as,
    given,
    before,
    send: (scene) => sendOf(scene, body),
    want: { status, code },
  })

const inParent = (scene: Scene, body: object) => ({
  body: { parentId: scene.id('/'), name: 'new', ...body },
})
const at = (param: string, path: string) => (scene: Scene, body: object) => ({
  params: { [param]: scene.id(path) },
  body,
})

const folder = refusing({ op: 'createFolder' }, inParent)
const updatedFolder = refusing({ op: 'updateFolder' }, at('folder_id', '/f'))
const file = refusing({ op: 'updateFile' }, at('file_id', '/a.txt'))
const room = refusing({ op: 'createRoom', as: 'manager' }, inParent)
const updatedRoom = refusing({ op: 'updateRoom', as: 'manager' }, at('room_id', '/sub'))
const configured = refusing({ op: 'configureRoom', as: 'manager' }, at('room_id', '/sub'))
const channel = refusing({ op: 'createFileUploadChannel' }, inParent)

const nodes: readonly ContractRow[] = [
  folder('notes that are too long', { notes: tooLong }, -80007),
  updatedFolder('notes that are too long', { notes: tooLong }, -80007),
  file('notes that are too long', { notes: tooLong }, -80007),
  file('a name that is none', { name: 'a/b' }, -40755),
  file('an end beyond all years', { expiration: tooFar }, -80008),
  file('no truth', { expiration: { enableExpiration: 'perhaps' } }, -80005),
  room('notes that are too long', { notes: tooLong }, -80007),
  room('a class that is none', { classification: 9 }, -40756),
  updatedRoom('notes that are too long', { notes: tooLong }, -80007),
  updatedRoom('a name that is none', { name: 'CON' }, -40755),
  configured('a class that is none', { classification: 9 }, -40756),
  configured('a word that is none', { newGroupMemberAcceptance: 'perhaps' }, -80025),
  configured('administrators of an inheriting room', { adminIds: [1] }, -80028),
  channel('notes that are too long', { notes: tooLong }, -80007),
  channel('an end beyond all years', { expiration: tooFar }, -80008),
]

const byHome = async (scene: Scene) => {
  const query = { filter: 'name:eq:Homes' }
  const { body } = await scene.call('requestNodes', 'admin', { query })
  const [homes] = (body as { items: { id: number }[] }).items
  scene.kept.homes = homes?.id ?? 0
}
const homes = (param: string, body?: object) => (scene: Scene) => ({
  params: { [param]: Number(scene.kept.homes) },
  body,
})

const ofHomes: readonly ContractRow[] = [
  {
    op: 'removeNode',
    name: 'the room of homes stays',
    as: 'admin',
    before: byHome,
    send: homes('node_id'),
    want: { status: 400, code: -40009 },
  },
  {
    op: 'removeNodes',
    name: 'the room of homes stays',
    as: 'admin',
    before: byHome,
    send: (scene) => ({ body: { nodeIds: [Number(scene.kept.homes)] } }),
    want: { status: 400, code: -40009 },
  },
  {
    op: 'updateRoom',
    name: 'the room of homes stays as it is',
    as: 'admin',
    before: byHome,
    send: homes('room_id', { name: 'Houses' }),
    want: { status: 400, code: -40021 },
  },
]

const full = async (scene: Scene) => {
  const wanted = { params: { room_id: scene.id('/sub') }, body: { quota: 1 } }
  await scene.call('updateRoom', 'manager', wanted)
}
const intoFull = (op: 'copyNodes' | 'moveNodes'): ContractRow => ({
  op,
  name: 'into a room that is full',
  as: 'manager',
  given,
  before: full,
  send: (scene) => ({
    params: { node_id: scene.id('/sub') },
    body: { items: [{ id: scene.id('/a.txt') }] },
  }),
  want: { status: 507, code: -40200 },
})

const openedInFull =
  (body: object = {}) =>
  async (scene: Scene) => {
    await opened({ parentId: scene.id('/sub'), ...body })(scene)
    await full(scene)
  }
const revoked = (before: (scene: Scene) => Promise<void>) => async (scene: Scene) => {
  await before(scene)
  const permissions = Object.fromEntries(
    [
      ...['manage', 'create', 'change', 'delete', 'manageDownloadShare', 'manageUploadShare'],
      ...['readRecycleBin', 'restoreRecycleBin', 'deleteRecycleBin'],
    ].map((name) => [name, false]),
  )
  const items = [{ id: scene.userId('writer'), permissions: { ...permissions, read: true } }]
  const wanted = { params: { room_id: scene.id('/') }, body: { items } }
  await scene.call('updateRoomUsers', 'manager', wanted)
}
const lost = { status: 403, body: { errorCode: undefined } } as const

const chunks = { op: 'uploadFileAsMultipart', as: 'writer', given } as const
const tokenChunks = { op: 'uploadFileByTokenAsMultipart_1', as: null, given } as const
const complete = { op: 'completeFileUpload', as: 'writer', given } as const
const completeByToken = { op: 'completeFileUploadByToken', as: null, given } as const

const uploads: readonly ContractRow[] = [
  intoFull('copyNodes'),
  intoFull('moveNodes'),
  {
    ...chunks,
    name: 'more than the room takes',
    before: openedInFull(),
    send: byId({ bytes: 'abcd' }),
    want: { status: 507, code: -40200 },
  },
  {
    ...tokenChunks,
    name: 'more than the room takes',
    before: openedInFull(),
    send: byToken({ bytes: 'abcd' }),
    want: { status: 507, code: -40200 },
  },
  {
    ...complete,
    name: 'a right that was lost',
    before: revoked(opened({}, 'abcd')),
    send: byId({ body: {} }),
    want: lost,
  },
  {
    ...completeByToken,
    name: 'a right that was lost',
    before: revoked(opened({}, 'abcd')),
    send: byToken({ body: {} }),
    want: lost,
  },
  {
    ...chunks,
    name: 'no byte range',
    before: opened(),
    send: byId({ bytes: 'abcd', headers: { 'content-range': 'lines 1-2/3' } }),
    want: { status: 400, code: -80021 },
  },
  ...[complete, completeByToken].flatMap((one): ContractRow[] => {
    const send = one.op === 'completeFileUpload' ? byId : byToken
    return [
      {
        ...one,
        name: 'a name that is none',
        before: opened({}, 'abcd'),
        send: send({ body: { fileName: 'a/b' } }),
        want: { status: 400, code: -40755 },
      },
      {
        ...one,
        name: 'links are kept only by overwriting',
        before: opened({}, 'abcd'),
        send: send({ body: { keepShareLinks: true, resolutionStrategy: 'autorename' } }),
        want: { status: 400, code: -80034 },
      },
      {
        ...one,
        name: 'a folder is not overwritten',
        before: opened({}, 'abcd'),
        send: send({ body: { fileName: 'f', resolutionStrategy: 'overwrite' } }),
        want: { status: 409, code: -40010 },
      },
    ]
  }),
]

const link = refusing({ op: 'createDownloadShare' }, (scene, body) => ({
  body: { nodeId: scene.id('/a.txt'), ...body },
}))
const uploadLink = refusing({ op: 'createUploadShare' }, (scene, body) => ({
  body: { targetId: scene.id('/f'), ...body },
}))
const changedLink = refusing(
  { op: 'updateDownloadShare', before: downloadShare() },
  (scene, body) => ofShare({ body })(scene),
)
const changedUpload = refusing({ op: 'updateUploadShare', before: uploadShare() }, (scene, body) =>
  ofShare({ body })(scene),
)
const changedUploads = refusing(
  { op: 'updateUploadShares', before: uploadShare() },
  (scene, body) => ({
    body: { objectIds: [Number(scene.kept.id)], ...body },
  }),
)

const shares: readonly ContractRow[] = [
  link('an end beyond all years', { expiration: tooFar }, -80008),
  link('a language that is none', { receiverLanguage: 'no language' }, -10013),
  link('a number that is none', { textMessageRecipients: ['phone'] }, -80040),
  uploadLink('an end beyond all years', { expiration: tooFar }, -80008),
  changedLink('an end beyond all years', { expiration: tooFar }, -80008),
  changedUpload('an end beyond all years', { expiration: tooFar }, -80008),
  changedUploads('an end beyond all years', { expiration: tooFar }, -80008),
]

const user = refusing({ op: 'createUser', as: 'admin' }, (scene, body) => ({
  body: {
    firstName: 'N',
    lastName: 'N',
    userName: `refused ${scene.nodeId('/')}`,
    authData: { method: 'basic', login: `refused ${scene.nodeId('/')}` },
    ...body,
  },
}))
const changedUser = refusing({ op: 'updateUser', as: 'admin' }, (scene, body) => ({
  params: { user_id: scene.userId('member') },
  body,
}))
const group = refusing({ op: 'createGroup', as: 'admin' }, (scene, body) => ({
  body: { name: `refused ${scene.nodeId('/')}`, ...body },
}))

const people: readonly ContractRow[] = [
  user('a name that is too long', { firstName: tooLong }, -80007),
  user('a name with brackets', { firstName: '<b>' }, -80023),
  user('an end beyond all years', { expiration: tooFar }, -80008),
  user('a language that is none', { receiverLanguage: 'no language' }, -10013),
  changedUser('an end beyond all years', { expiration: tooFar }, -80008),
  group('an end beyond all years', { expiration: tooFar }, -80008),
  {
    op: 'changeUserPassword',
    name: 'a password that is too long',
    as: 'member',
    send: { body: { oldPassword: 'x', newPassword: 'Ab1!'.repeat(300) } },
    want: { status: 400, code: -80007 },
  },
]

export const wrongValuesRows: readonly ContractRow[] = [
  ...nodes,
  ...ofHomes,
  ...uploads,
  ...shares,
  ...people,
]

/** Run where paths have four names at most, the file's with them. */
const deep = { '/f': 'folder', '/f/g': 'folder', '/h': 'folder', '/r': 'room' } as const
const tooDeep = (op: string, as: ContractRow['as'], send: (scene: Scene) => Send): ContractRow => ({
  op,
  name: 'a path that is too deep',
  as,
  given: { ...deep, '/r/s': 'room' },
  send,
  want: { status: 400, code: -41200 },
})
const below = (path: string) => (scene: Scene) => ({
  body: { parentId: scene.id(path), name: 'deep' },
})
const placed = (scene: Scene) => ({
  params: { node_id: scene.id('/f/g') },
  body: { items: [{ id: scene.id('/h') }] },
})

export const tooDeepRows: readonly ContractRow[] = [
  tooDeep('createFolder', 'writer', below('/f/g')),
  tooDeep('createRoom', 'manager', below('/r/s')),
  tooDeep('copyNodes', 'writer', placed),
  tooDeep('moveNodes', 'writer', placed),
]
