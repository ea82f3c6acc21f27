import {
  enabled,
  fileKey,
  ofFile,
  ofRoom,
  rescueId,
  type Step,
  steps,
  uploaded,
  wireNext,
  wirePair,
} from '../dracoon/key-scene.ts'
import type { Persona, Scene } from '../row.ts'
import type { MatrixRow } from './matrix-row.ts'

const given = { '/sub': 'room' } as const

/** All callers of a row run side by side: a pair that is there stays. */
const has =
  (...people: readonly Persona[]): Step =>
  async (scene) => {
    for (const as of people) await scene.call('setUserKeyPair', as, { body: wirePair() })
  }

const rescue = { enableCustomerEncryption: true, dataSpaceRescueKey: wirePair() }
const foreign: Step = async (scene) => {
  await scene.call('enableCustomerEncryption', 'stranger', { body: rescue })
}
const rescued = steps(enabled, foreign, has('admin'), async (scene) => {
  await scene.call('setSystemRescueKeyPair', 'admin', { body: wirePair() })
})

const broken = { body: {} }
const noVersion = { query: { version: 'B' } }

const own: readonly MatrixRow[] = [
  { op: 'requestUserKeyPair', need: 'user', passes: 404 },
  { op: 'setUserKeyPair', need: 'user', send: () => broken, passes: 400 },
  { op: 'createAndPreserveUserKeyPair', need: 'user', send: () => broken, passes: 400 },
  { op: 'removeUserKeyPair', need: 'user', send: () => noVersion, passes: 400 },
  { op: 'requestCustomerKeyPair', need: 'user', passes: 404 },
]

// The other tenant's administrator has no key pair of his own, which these want.
const unpaired = { stranger: 'forbidden' } as const

const system: readonly MatrixRow[] = [
  {
    op: 'enableCustomerEncryption',
    need: 'users',
    send: () => ({ body: { ...rescue, enableCustomerEncryption: false } }),
    passes: 400,
  },
  { op: 'requestSystemRescueKeyPair', need: 'users', before: rescued, passes: 404 },
  { op: 'requestAllSystemRescueKeyPairs', need: 'users', but: unpaired, before: rescued },
  {
    op: 'setSystemRescueKeyPair',
    need: 'users',
    but: unpaired,
    before: rescued,
    send: () => ({ body: wirePair() }),
    passes: 400,
  },
  {
    op: 'createAndPreserveKeyPair',
    need: 'users',
    but: unpaired,
    before: rescued,
    send: () => ({ body: wireNext('A', 'A') }),
    passes: 400,
  },
  { op: 'removeSystemRescueKeyPair', need: 'users', but: unpaired, before: rescued },
]

const encrypted =
  (body: object): Step =>
  async (scene) => {
    const send = { ...ofRoom(scene), body: { isEncrypted: true, ...body } }
    await scene.call('encryptRoom', 'manager', send)
  }
const withRescue = steps(enabled, encrypted({ dataRoomRescueKey: wirePair() }))
const inRoom = (body: object) => (scene: Scene) => ({ ...ofRoom(scene), body })

const rooms: readonly MatrixRow[] = [
  { op: 'encryptRoom', need: 'manage', before: enabled, send: inRoom({ isEncrypted: true }) },
  { op: 'requestRoomRescueKeyPair', need: 'read', before: withRescue, send: ofRoom },
  { op: 'requestRoomRescueKeyPairs', need: 'read', before: withRescue, send: ofRoom },
  {
    op: 'setRoomRescueKeyPair',
    need: 'manage',
    before: withRescue,
    send: inRoom(wirePair('A')),
  },
  {
    op: 'createAndPreserveRoomRescueKeyPair',
    need: 'manage',
    before: withRescue,
    send: inRoom(wireNext('RSA-4096', 'RSA-4096')),
  },
  { op: 'removeRoomRescueKeyPair', need: 'manage', before: withRescue, send: ofRoom },
]

/** A file of which everybody in the room has a key, and `holder`. */
const file = (body: object, holder?: (scene: Scene) => number) =>
  steps(enabled, foreign, has('admin', 'manager', 'writer', 'reader'), encrypted(body), (scene) => {
    const people = ['admin', 'manager', 'reader'] as const
    const userIds = [...people.map((one) => scene.userId(one)), ...(holder ? [holder(scene)] : [])]
    const items = userIds.map((userId) => ({ userId, fileKey }))
    return uploaded({ fileKey, userFileKeyList: { items } })(scene)
  })
const roomId = (scene: Scene) => Number(scene.id('/'))

const files: readonly MatrixRow[] = [
  { op: 'requestUserFileKey', need: 'read', before: file({}), send: ofFile },
  {
    op: 'requestRoomRescueKey',
    need: 'read',
    before: file({ dataRoomRescueKey: wirePair() }, rescueId),
    send: ofFile,
  },
  {
    op: 'requestSystemRescueKey',
    need: 'read',
    before: steps(
      rescued,
      file({ useDataSpaceRescueKey: true }, () => 0),
    ),
    send: ofFile,
  },
  {
    op: 'setUserFileKeys',
    need: 'read',
    before: file({}),
    send: (scene) => ({
      body: {
        items: [{ fileId: Number(scene.kept.fileId), userId: scene.userId('writer'), fileKey }],
      },
    }),
  },
  {
    op: 'requestMissingFileKeys',
    need: 'read',
    before: file({}),
    send: (scene) => ({ query: { room_id: roomId(scene) } }),
  },
]

/** Client-side encryption. */
export const dracoonKeysMatrix: readonly MatrixRow[] = [...own, ...system, ...rooms, ...files].map(
  (row) => ({ given, ...row }),
)
