import type { ContractRow, Scene } from '../row.ts'
import {
  encrypted,
  fileKey,
  ofFile,
  oldFileKey,
  paired,
  rescueId,
  rescuePaired,
  steps,
  uploaded,
  wireNext,
  wirePair,
} from './key-scene.ts'
import { refusals } from './refusals.ts'

const file = steps(encrypted(), uploaded())
const noFile = { status: 404, code: -40751 }
const noKey = { status: 404, code: -40761 }
const noPair = { status: 403, code: -70020 }
const byVersion = (version: string) => (scene: Scene) => ({ ...ofFile(scene), query: { version } })

const reading: readonly ContractRow[] = [
  {
    op: 'requestUserFileKey',
    name: 'of who uploaded it',
    as: 'writer',
    before: file,
    send: ofFile,
    want: { status: 200, body: fileKey },
  },
  {
    op: 'requestUserFileKey',
    name: 'by the version of the key',
    as: 'writer',
    before: file,
    send: byVersion('RSA-4096/AES-256-GCM'),
    want: { status: 200, body: fileKey },
  },
  {
    op: 'requestUserFileKey',
    name: 'none of this version',
    as: 'writer',
    before: file,
    send: byVersion('A'),
    want: noKey,
  },
  {
    op: 'requestUserFileKey',
    name: 'who has a key pair and no key yet',
    as: 'reader',
    before: steps(paired('reader', 'RSA-4096'), file),
    send: ofFile,
    want: noKey,
  },
  {
    op: 'requestUserFileKey',
    name: 'who has no key pair',
    as: 'reader',
    before: steps(paired('reader'), file),
    send: ofFile,
    want: noPair,
  },
  {
    op: 'requestRoomRescueKey',
    name: 'none yet',
    as: 'reader',
    before: file,
    send: ofFile,
    want: noKey,
  },
  {
    op: 'requestSystemRescueKey',
    name: 'none yet',
    as: 'reader',
    before: file,
    send: ofFile,
    want: noKey,
  },
  {
    op: 'requestRoomRescueKey',
    name: 'given along with the file',
    as: 'reader',
    before: steps(encrypted({ dataRoomRescueKey: wirePair() }), (scene) =>
      uploaded({
        fileKey,
        userFileKeyList: { items: [{ userId: rescueId(scene), fileKey }] },
      })(scene),
    ),
    send: ofFile,
    want: { status: 200, body: fileKey },
  },
  {
    op: 'requestSystemRescueKey',
    name: 'given along with the file',
    as: 'reader',
    before: steps(
      rescuePaired('RSA-4096'),
      encrypted({ useDataSpaceRescueKey: true }),
      uploaded({ fileKey, userFileKeyList: { items: [{ userId: 0, fileKey }] } }),
    ),
    send: ofFile,
    want: { status: 200, body: fileKey },
  },
  ...['requestUserFileKey', 'requestRoomRescueKey', 'requestSystemRescueKey'].flatMap((op) => [
    {
      op,
      name: 'no such version',
      as: 'writer' as const,
      before: file,
      send: byVersion('B'),
      want: { status: 400, code: -70022 },
    },
    {
      op,
      name: 'an id that is no number',
      as: 'writer' as const,
      send: { params: { file_id: 'x' } },
      want: { status: 400, code: -80002 },
    },
    ...refusals({ op, before: file, send: ofFile, forbidden: [], invisible: noFile }),
  ]),
]

const giving =
  (as: 'reader' | 'member', more: object = {}) =>
  (scene: Scene) => ({
    body: {
      items: [{ fileId: Number(scene.kept.fileId), userId: scene.userId(as), fileKey, ...more }],
    },
  })
const give = {
  op: 'setUserFileKeys',
  as: 'writer',
  before: steps(paired('reader', 'RSA-4096'), file),
} as const

const setting: readonly ContractRow[] = [
  {
    ...give,
    name: 'to who may read it',
    send: giving('reader'),
    want: { status: 204, events: ['file-keys.set'] },
    then: async (scene) => {
      const { status } = await scene.call('requestUserFileKey', 'reader', ofFile(scene))
      if (status !== 200) throw new Error('the reader has no key')
    },
  },
  {
    ...give,
    name: 'nothing at all',
    send: { body: { items: [] } },
    want: { status: 204 },
  },
  {
    ...give,
    name: 'who has no key himself',
    as: 'reader',
    send: (scene) => ({
      body: {
        items: [{ fileId: Number(scene.kept.fileId), userId: scene.userId('writer'), fileKey }],
      },
    }),
    want: { status: 403, code: -10006 },
  },
  {
    ...give,
    name: 'to who has no key pair of this version',
    send: giving('reader', { fileKey: oldFileKey }),
    want: noPair,
  },
  {
    ...give,
    name: 'who has no key pair himself',
    as: 'reader',
    before: steps(paired('reader'), file),
    send: giving('reader'),
    want: noPair,
  },
  {
    ...give,
    name: 'to who may not read it',
    before: steps(paired('member', 'RSA-4096'), file),
    send: giving('member'),
    want: { status: 404, code: -70501 },
  },
  {
    ...give,
    name: 'a key that is no base64',
    send: giving('reader', { fileKey: { ...fileKey, key: '?' } }),
    want: { status: 400, code: -80007 },
  },
  {
    ...give,
    name: 'nothing is said',
    send: { body: {} },
    want: { status: 400, code: -80000 },
  },
  {
    ...give,
    name: 'an id that is no number',
    send: giving('reader', { fileId: 'x' }),
    want: { status: 400, code: -80002 },
  },
  {
    ...give,
    name: 'a file that is not there',
    send: giving('reader', { fileId: 8_888_888 }),
    want: noFile,
  },
  {
    ...give,
    name: 'a plain file',
    given: { '/a.txt': { file: 'a' } },
    before: paired('writer', 'RSA-4096'),
    send: (scene) => ({
      body: {
        items: [{ fileId: scene.id('/a.txt'), userId: scene.userId('reader'), fileKey }],
      },
    }),
    want: { status: 400, code: -40001 },
  },
]

type Missing = {
  readonly items: readonly { readonly userId: number }[]
  readonly users: readonly unknown[]
  readonly files: readonly { readonly fileKeyContainer: { readonly key: string } }[]
}
const needed = (...userIds: number[]) => ({
  status: 200,
  body: (answer: unknown) => {
    const { items, users, files } = answer as Missing
    const found = items.map(({ userId }) => userId)
    const isWhole =
      users.length === userIds.length && files[0]?.fileKeyContainer.key === fileKey.key
    return found.join() === userIds.join() && (userIds.length === 0 || isWhole)
  },
})
const ofThis =
  (more: object = {}) =>
  (scene: Scene) => ({ query: { room_id: Number(scene.id('/')), ...more } })
/** Of those who may read it only the reader has a key pair, or nobody. */
const onlyReader = steps(paired('admin'), paired('manager'), paired('reader', 'RSA-4096'))
const nobodyElse = steps(paired('admin'), paired('manager'), paired('reader'))

const ask = {
  op: 'requestMissingFileKeys',
  as: 'writer',
  before: steps(onlyReader, file),
  send: ofThis(),
} as const
const nobody = { status: 200, body: { items: [], users: [], files: [], range: { total: 0 } } }

const missing: readonly ContractRow[] = [
  { ...ask, name: 'whoever may read it', want: (scene) => needed(scene.userId('reader')) },
  {
    ...ask,
    name: 'of a file and a user',
    send: (scene) => ({
      query: { file_id: Number(scene.kept.fileId), user_id: scene.userId('reader') },
    }),
    want: (scene) => needed(scene.userId('reader')),
  },
  {
    ...ask,
    name: 'more than asked for',
    before: steps(onlyReader, paired('manager', 'RSA-4096'), file),
    send: ofThis({ limit: 1 }),
    want: {
      status: 200,
      body: {
        items: (items) => (items as unknown[]).length === 1,
        range: { limit: 1, total: 2 },
      },
    },
  },
  { ...ask, name: 'who has no key of it', as: 'reader', want: nobody },
  {
    ...ask,
    name: 'rescue keys first',
    before: steps(
      rescuePaired('RSA-4096'),
      onlyReader,
      encrypted({ useDataSpaceRescueKey: true }),
      uploaded(),
    ),
    want: (scene) => needed(0, scene.userId('reader')),
  },
  {
    ...ask,
    name: 'the rescue key of the room, by a number of its own',
    before: steps(nobodyElse, encrypted({ dataRoomRescueKey: wirePair() }), uploaded()),
    want: (scene) => needed(rescueId(scene)),
  },
  {
    ...ask,
    name: 'with the rescue key of the room',
    before: steps(onlyReader, encrypted({ dataRoomRescueKey: wirePair() }), (scene) =>
      uploaded({
        fileKey,
        userFileKeyList: { items: [{ userId: rescueId(scene), fileKey }] },
      })(scene),
    ),
    send: ofThis({ use_key: 'room_rescue_key' }),
    want: (scene) => needed(scene.userId('reader')),
  },
  {
    ...ask,
    name: 'with the previous key pair, for oneself',
    before: steps(file, async (scene) => {
      const body = wireNext('RSA-4096', 'RSA-4096')
      await scene.call('createAndPreserveUserKeyPair', 'writer', { body })
    }),
    send: ofThis({ use_key: 'previous_user_key' }),
    want: (scene) => needed(scene.userId('writer')),
  },
  {
    ...ask,
    name: 'with the previous key pair of somebody else',
    send: (scene) => ({
      query: { use_key: 'previous_user_key', user_id: scene.userId('reader') },
    }),
    want: { status: 403, code: -70029 },
  },
  {
    ...ask,
    name: 'with the rescue key of a room that has none',
    send: ofThis({ use_key: 'room_rescue_key' }),
    want: { status: 400, code: -40024 },
  },
  {
    ...ask,
    name: 'with a key that there is not',
    send: ofThis({ use_key: 'master_key' }),
    want: { status: 400, code: -92001 },
  },
  {
    ...ask,
    name: 'of a plain room',
    before: paired('writer', 'RSA-4096'),
    want: { status: 400, code: -40001 },
  },
  {
    ...ask,
    name: 'without a key pair',
    before: paired('writer'),
    send: {},
    want: noPair,
  },
  {
    ...ask,
    name: 'a room that is not there',
    send: { query: { room_id: 8_888_888 } },
    want: { status: 404, code: -40000 },
  },
  {
    ...ask,
    name: 'a file that is not there',
    send: { query: { file_id: 8_888_888 } },
    want: noFile,
  },
  {
    ...ask,
    name: 'a user who is not there',
    send: { query: { user_id: 8_888_888 } },
    want: { status: 404, code: -70501 },
  },
  {
    ...ask,
    name: 'an id that is no number',
    send: { query: { room_id: 'x' } },
    want: { status: 400, code: -80002 },
  },
  {
    ...ask,
    name: 'a page too large',
    send: { query: { limit: 501 } },
    want: { status: 400, code: -80024 },
  },
]

export const fileKeysRows: readonly ContractRow[] = [...reading, ...setting, ...missing]
