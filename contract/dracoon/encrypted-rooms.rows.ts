import type { ContractRow, Scene } from '../row.ts'
import {
  enabled,
  encrypted,
  ofRoom,
  paired,
  steps,
  uploaded,
  wireNext,
  wirePair,
} from './key-scene.ts'
import { refusals } from './refusals.ts'

const encrypting =
  (body: object = { isEncrypted: true }) =>
  (scene: Scene) => ({ ...ofRoom(scene), body })
const encrypt = { op: 'encryptRoom', as: 'manager', before: enabled } as const
const end = encrypting({ isEncrypted: false })
const rescued = encrypted({ dataRoomRescueKey: wirePair() })
const invisible = { status: 404, code: -40000 }
const noKey = { status: 404, code: -40007 }
const notEncrypted = { status: 400, code: -40001 }
const changed = ['node.changed'] as const
const broken = { version: 'RSA-4096', publicKey: 'no PEM' }

const encryptingRows: readonly ContractRow[] = [
  {
    ...encrypt,
    name: 'an empty top room',
    given: { '/f': 'folder' },
    send: encrypting(),
    want: { status: 200, body: { isEncrypted: true, type: 'room' }, events: changed },
    then: async (scene) => {
      const { body } = await scene.call('requestNodes', 'reader', {
        query: { parent_id: scene.id('/'), filter: 'encrypted:eq:true' },
      })
      const { items } = body as { items: { isEncrypted: boolean }[] }
      if (items.length !== 1 || !items[0]?.isEncrypted) throw new Error('the folder is plain')
    },
  },
  {
    ...encrypt,
    name: 'with a rescue key of its own',
    send: encrypting({ isEncrypted: true, dataRoomRescueKey: wirePair() }),
    want: {
      status: 200,
      body: { isEncrypted: true },
      events: ['key-pair.created', 'node.changed'],
    },
  },
  {
    ...encrypt,
    name: 'with the rescue key of the system',
    send: encrypting({ isEncrypted: true, useDataSpaceRescueKey: true }),
    want: { status: 200, body: { isEncrypted: true }, events: changed },
  },
  {
    ...encrypt,
    name: 'with both',
    send: encrypting({
      isEncrypted: true,
      useDataSpaceRescueKey: true,
      dataRoomRescueKey: wirePair(),
    }),
    want: { status: 400, code: -40004 },
  },
  {
    ...encrypt,
    name: 'a rescue key that is no PEM',
    send: encrypting({
      isEncrypted: true,
      dataRoomRescueKey: { ...wirePair(), publicKeyContainer: broken },
    }),
    want: { status: 400, code: -70022 },
  },
  {
    ...encrypt,
    name: 'a rescue key that is not encrypted',
    send: encrypting({
      isEncrypted: true,
      dataRoomRescueKey: {
        ...wirePair(),
        privateKeyContainer: { version: 'RSA-4096', privateKey: 'open' },
      },
    }),
    want: { status: 400, code: -70023 },
  },
  {
    ...encrypt,
    name: 'a room with a file in it',
    given: { '/a.txt': { file: 'a' } },
    send: encrypting(),
    want: { status: 400, code: -40008 },
  },
  {
    ...encrypt,
    name: 'a room with something in its recycle bin',
    given: { '/a.txt': { file: 'a' } },
    before: steps(enabled, async (scene) => {
      const params = { node_id: scene.id('/a.txt') }
      await scene.call('removeNode', 'writer', { params })
    }),
    send: encrypting(),
    want: { status: 400, code: -40012 },
  },
  {
    ...encrypt,
    name: 'a room with a share',
    before: steps(enabled, async (scene) => {
      await scene.call('createDownloadShare', 'writer', { body: { nodeId: scene.id('/') } })
    }),
    send: encrypting(),
    want: { status: 400, code: -40023 },
  },
  {
    ...encrypt,
    name: 'a room below another one',
    given: { '/sub': 'room' },
    send: (scene) => ({ params: { room_id: scene.id('/sub') }, body: { isEncrypted: true } }),
    want: { status: 400, code: -80000 },
  },
  {
    ...encrypt,
    name: 'again',
    before: encrypted(),
    send: encrypting(),
    want: { status: 400, code: -40002 },
  },
  {
    ...encrypt,
    name: 'no longer',
    before: encrypted(),
    send: end,
    want: { status: 200, body: { isEncrypted: false }, events: changed },
  },
  { ...encrypt, name: 'no longer, where it never was', send: end, want: notEncrypted },
  {
    ...encrypt,
    name: 'no longer, with a file in it',
    before: steps(encrypted(), uploaded()),
    send: end,
    want: { status: 400, code: -40003 },
  },
  {
    ...encrypt,
    name: 'no longer, with something in its recycle bin',
    before: steps(encrypted(), uploaded(), async (scene) => {
      const params = { node_id: Number(scene.kept.fileId) }
      await scene.call('removeNode', 'writer', { params })
    }),
    send: end,
    want: { status: 400, code: -40018 },
  },
  {
    ...encrypt,
    name: 'a room below an encrypted one is encrypted',
    op: 'createRoom',
    before: encrypted(),
    send: (scene) => ({
      body: { parentId: scene.id('/'), name: 'sub', inheritPermissions: true },
    }),
    want: { status: 201, body: { isEncrypted: true }, events: ['room.created'] },
  },
  {
    ...encrypt,
    name: 'neither true nor false',
    send: encrypting({ isEncrypted: 'maybe' }),
    want: { status: 400, code: -80005 },
  },
  {
    ...encrypt,
    name: 'nothing is said',
    send: encrypting({}),
    want: { status: 400, code: -80000 },
  },
  ...refusals({
    op: 'encryptRoom',
    before: enabled,
    send: encrypting(),
    forbidden: ['writer'],
    invisible,
  }),
]

const sub = (scene: Scene) => ({ params: { room_id: scene.id('/sub') } })

const reading: readonly ContractRow[] = [
  {
    op: 'requestRoomRescueKeyPair',
    name: 'of an encrypted room',
    as: 'reader',
    before: rescued,
    send: ofRoom,
    want: { status: 200, body: wirePair() },
  },
  {
    op: 'requestRoomRescueKeyPair',
    name: 'a room below has that of its top room',
    as: 'reader',
    given: { '/sub': 'room' },
    before: rescued,
    send: sub,
    want: { status: 200, body: wirePair() },
  },
  {
    op: 'requestRoomRescueKeyPair',
    name: 'no such version',
    as: 'reader',
    before: rescued,
    send: (scene) => ({ ...ofRoom(scene), query: { version: 'B' } }),
    want: { status: 400, code: -70022 },
  },
  {
    op: 'requestRoomRescueKeyPairs',
    name: 'of an encrypted room',
    as: 'reader',
    before: rescued,
    send: ofRoom,
    want: { status: 200, body: [wirePair()] },
  },
  ...['requestRoomRescueKeyPair', 'requestRoomRescueKeyPairs'].flatMap((op) => [
    {
      op,
      name: 'it has none',
      as: 'reader' as const,
      before: encrypted(),
      send: ofRoom,
      want: noKey,
    },
    { op, name: 'of a plain room', as: 'reader' as const, send: ofRoom, want: notEncrypted },
    ...refusals({ op, before: rescued, send: ofRoom, forbidden: [], invisible }),
  ]),
]

const setting =
  (body: object = wirePair('A')) =>
  (scene: Scene) => ({ ...ofRoom(scene), body })
const managing = { as: 'manager', before: rescued } as const
const made = { status: 204, events: ['key-pair.created'] } as const
const gone = { status: 204, events: ['key-pair.removed'] } as const
const brokenPublic = { ...wirePair('A'), publicKeyContainer: { ...broken, version: 'A' } }
const brokenPrivate = {
  ...wirePair('A'),
  privateKeyContainer: { version: 'A', privateKey: 'open' },
}

const changing: readonly ContractRow[] = [
  {
    ...managing,
    op: 'setRoomRescueKeyPair',
    name: 'of another version',
    send: setting(),
    want: made,
  },
  {
    ...managing,
    op: 'setRoomRescueKeyPair',
    name: 'the same version again',
    send: setting(wirePair()),
    want: { status: 409, code: -70021 },
  },
  {
    ...managing,
    op: 'setRoomRescueKeyPair',
    name: 'of a plain room',
    before: enabled,
    send: setting(),
    want: { status: 409, code: -40001 },
  },
  {
    ...managing,
    op: 'createAndPreserveRoomRescueKeyPair',
    name: 'the old one stays',
    send: setting(wireNext('RSA-4096', 'RSA-4096')),
    want: made,
  },
  {
    ...managing,
    op: 'createAndPreserveRoomRescueKeyPair',
    name: 'there is no such old one',
    send: setting(wireNext('A', 'A')),
    want: { status: 400, code: -70023 },
  },
  ...(['setRoomRescueKeyPair', 'createAndPreserveRoomRescueKeyPair'] as const).flatMap((op) => {
    const previous = wireNext('RSA-4096', 'A')
    const more = op === 'setRoomRescueKeyPair' ? {} : previous
    return [
      {
        ...managing,
        op,
        name: 'a public key that is no PEM',
        send: setting({ ...more, ...brokenPublic }),
        want: { status: 400, code: -70022 },
      },
      {
        ...managing,
        op,
        name: 'a private key that is not encrypted',
        send: setting({ ...more, ...brokenPrivate }),
        want: { status: 400, code: -70023 },
      },
      {
        ...managing,
        op,
        name: 'nothing is said',
        send: setting({}),
        want: { status: 400, code: -80000 },
      },
      ...refusals({
        op,
        before: rescued,
        send: setting(op === 'setRoomRescueKeyPair' ? wirePair('A') : previous),
        forbidden: ['writer'],
        invisible,
      }),
    ]
  }),
  { ...managing, op: 'removeRoomRescueKeyPair', name: 'the only one', send: ofRoom, want: gone },
  {
    ...managing,
    op: 'removeRoomRescueKeyPair',
    name: 'no such version',
    send: (scene) => ({ ...ofRoom(scene), query: { version: 'B' } }),
    want: { status: 400, code: -70022 },
  },
  {
    ...managing,
    op: 'removeRoomRescueKeyPair',
    name: 'it has none',
    before: encrypted(),
    send: ofRoom,
    want: noKey,
  },
  {
    ...managing,
    op: 'removeRoomRescueKeyPair',
    name: 'of a plain room',
    before: enabled,
    send: ofRoom,
    want: notEncrypted,
  },
  ...refusals({
    op: 'removeRoomRescueKeyPair',
    before: steps(paired('writer', 'RSA-4096'), rescued),
    send: ofRoom,
    forbidden: ['writer'],
    invisible,
  }),
]

const noNumber = ['encryptRoom', 'requestRoomRescueKeyPair', 'requestRoomRescueKeyPairs']
const wrong: readonly ContractRow[] = [...noNumber, 'removeRoomRescueKeyPair'].map((op) => ({
  op,
  name: 'an id that is no number',
  as: 'manager',
  send: { params: { room_id: 'x' }, ...(op === 'encryptRoom' ? { body: {} } : {}) },
  want: { status: 400, code: -80002 },
}))

export const encryptedRoomsRows: readonly ContractRow[] = [
  ...encryptingRows,
  ...reading,
  ...changing,
  ...wrong,
]
