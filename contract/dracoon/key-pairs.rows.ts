import type { ContractRow, Scene } from '../row.ts'
import {
  broken,
  brokenPrivate,
  brokenPublic,
  enabled,
  paired,
  rescuePaired,
  wireNext,
  wirePair,
} from './key-scene.ts'

const noPair = { status: 404, code: -70020 }
const made = { events: ['key-pair.created'] } as const
const gone = { status: 204, events: ['key-pair.removed'] } as const

type Whose = {
  readonly read: string
  readonly list: string
  readonly set: string
  readonly preserve: string
  readonly remove: string
}

const users: Whose = {
  read: 'requestUserKeyPair',
  list: 'requestUserKeyPairs',
  set: 'setUserKeyPair',
  preserve: 'createAndPreserveUserKeyPair',
  remove: 'removeUserKeyPair',
}

const system: Whose = {
  read: 'requestSystemRescueKeyPair',
  list: 'requestAllSystemRescueKeyPairs',
  set: 'setSystemRescueKeyPair',
  preserve: 'createAndPreserveKeyPair',
  remove: 'removeSystemRescueKeyPair',
}

/** Versions in the order in which a list has them. */
const versions =
  (...wanted: readonly string[]) =>
  (pairs: unknown) =>
    (pairs as { publicKeyContainer: { version: string } }[])
      .map((pair) => pair.publicKeyContainer.version)
      .join() === wanted.join()

const listed = (ops: Whose, as: 'writer' | 'admin', wanted: readonly string[]) =>
  async function check(scene: Scene) {
    const { body } = await scene.call(ops.list, as, {})
    if (!versions(...wanted)(body)) throw new Error(`another list: ${JSON.stringify(body)}`)
  }

type Before = (...wanted: readonly ('A' | 'RSA-4096')[]) => (scene: Scene) => Promise<void>

type Only = (...wanted: readonly ('A' | 'RSA-4096')[]) => Pick<ContractRow, 'as' | 'before'>

/** What is the same for pairs of users and of the system. */
function pairRows(ops: Whose, as: 'writer' | 'admin', have: Before): ContractRow[] {
  const only: Only = (...wanted) => ({ as, before: have(...wanted) })
  return [reading, setting, preserving, removing].flatMap((rows) => rows(ops, as, only))
}

/** Looking at pairs. */
function reading(ops: Whose, as: 'writer' | 'admin', only: Only): ContractRow[] {
  return [
    {
      ...only('A', 'RSA-4096'),
      op: ops.read,
      name: 'the better one, with both halves and who made it',
      want: (scene) => ({
        status: 200,
        body: {
          publicKeyContainer: { version: 'RSA-4096', createdBy: scene.userId(as) },
          privateKeyContainer: { version: 'RSA-4096', createdAt: (at) => typeof at === 'string' },
        },
      }),
    },
    {
      ...only('A', 'RSA-4096'),
      op: ops.read,
      name: 'of a version',
      send: { query: { version: 'A' } },
      want: { status: 200, body: { publicKeyContainer: { version: 'A' } } },
    },
    {
      ...only('RSA-4096'),
      op: ops.read,
      name: 'no such version',
      send: { query: { version: 'B' } },
      want: { status: 400, code: -70022 },
    },
    {
      ...only('RSA-4096'),
      op: ops.read,
      name: 'none of this version',
      send: { query: { version: 'A' } },
      want: noPair,
    },
    {
      ...only('A', 'RSA-4096'),
      op: ops.list,
      name: 'best first',
      want: { status: 200, body: versions('RSA-4096', 'A') },
    },
  ]
}

/** A new pair. */
function setting(ops: Whose, as: 'writer' | 'admin', only: Only): ContractRow[] {
  return [
    {
      ...only('A'),
      op: ops.set,
      name: 'of the other version',
      send: { body: wirePair() },
      want: { status: 204, ...made },
      then: listed(ops, as, ['RSA-4096', 'A']),
    },
    {
      ...only(),
      op: ops.set,
      name: 'a public key that is no PEM',
      send: { body: brokenPublic },
      want: { status: 400, code: -70022 },
    },
    {
      ...only(),
      op: ops.set,
      name: 'a private key that is not encrypted',
      send: { body: brokenPrivate },
      want: { status: 400, code: -70023 },
    },
    {
      ...only(),
      op: ops.set,
      name: 'an unknown version',
      send: { body: { ...wirePair(), publicKeyContainer: { ...broken, version: 'B' } } },
      want: { status: 400, code: -70022 },
    },
    {
      ...only(),
      op: ops.set,
      name: 'half a pair',
      send: { body: { publicKeyContainer: wirePair().publicKeyContainer } },
      want: { status: 400, code: -80000 },
    },
  ]
}

/** A new pair, the old one kept. */
function preserving(ops: Whose, as: 'writer' | 'admin', only: Only): ContractRow[] {
  return [
    {
      ...only('A'),
      op: ops.preserve,
      name: 'the old one stays, under the new password',
      send: { body: wireNext('A', 'RSA-4096') },
      want: { status: 204, ...made },
      then: listed(ops, as, ['RSA-4096', 'A']),
    },
    {
      ...only('RSA-4096'),
      op: ops.preserve,
      name: 'of the same version',
      send: { body: wireNext('RSA-4096', 'RSA-4096') },
      want: { status: 204, ...made },
      then: listed(ops, as, ['RSA-4096', 'RSA-4096']),
    },
    {
      ...only('A'),
      op: ops.preserve,
      name: 'there is no such old one',
      send: { body: wireNext('RSA-4096', 'RSA-4096') },
      want: { status: 400, code: -70023 },
    },
    {
      ...only('A'),
      op: ops.preserve,
      name: 'a public key that is no PEM',
      send: { body: { ...wireNext('A', 'RSA-4096'), publicKeyContainer: broken } },
      want: { status: 400, code: -70022 },
    },
    {
      ...only('A'),
      op: ops.preserve,
      name: 'nothing is said',
      send: { body: {} },
      want: { status: 400, code: -80000 },
    },
  ]
}

/** The end of a pair. */
function removing(ops: Whose, as: 'writer' | 'admin', only: Only): ContractRow[] {
  return [
    {
      ...only('A', 'RSA-4096'),
      op: ops.remove,
      name: 'the less good one',
      want: gone,
      then: listed(ops, as, ['RSA-4096']),
    },
    {
      ...only('A', 'RSA-4096'),
      op: ops.remove,
      name: 'of a version',
      send: { query: { version: 'RSA-4096' } },
      want: gone,
      then: listed(ops, as, ['A']),
    },
    {
      ...only('A'),
      op: ops.remove,
      name: 'no such version',
      send: { query: { version: 'B' } },
      want: { status: 400, code: -70022 },
    },
  ]
}

const userPairs: Before = (...wanted) => paired('writer', ...wanted)

const onlyUsers: readonly ContractRow[] = [
  {
    op: 'requestUserKeyPair',
    name: 'there is none',
    as: 'writer',
    before: userPairs(),
    want: noPair,
  },
  {
    op: 'requestUserKeyPairs',
    name: 'there are none',
    as: 'writer',
    before: userPairs(),
    want: { status: 200, body: [] },
  },
  {
    op: 'removeUserKeyPair',
    name: 'there is none',
    as: 'writer',
    before: userPairs(),
    want: noPair,
  },
  {
    op: 'setUserKeyPair',
    name: 'the same version again',
    as: 'writer',
    before: userPairs('RSA-4096'),
    send: { body: wirePair() },
    want: { status: 409, code: -70021 },
  },
  {
    op: 'createAndPreserveUserKeyPair',
    name: 'the version is there already',
    as: 'writer',
    before: userPairs('A', 'RSA-4096'),
    send: { body: wireNext('A', 'RSA-4096') },
    want: { status: 409, code: -70021 },
  },
  {
    op: 'requestUserInfo',
    name: 'who has a pair has encryption',
    as: 'writer',
    before: userPairs('RSA-4096'),
    want: { status: 200, body: { isEncryptionEnabled: true } },
  },
  {
    op: 'requestUsers',
    name: 'lists who has encryption',
    as: 'admin',
    before: userPairs('RSA-4096'),
    send: { query: { filter: 'isEncryptionEnabled:eq:true|userName:cn:writer' } },
    want: {
      status: 200,
      body: {
        range: { total: 1 },
        items: (items) =>
          (items as { userName: string; isEncryptionEnabled: boolean }[]).every(
            ({ userName, isEncryptionEnabled }) => userName === 'writer' && isEncryptionEnabled,
          ),
      },
    },
  },
  {
    op: 'requestUsers',
    name: 'lists who has none',
    as: 'admin',
    before: userPairs('RSA-4096'),
    send: { query: { filter: 'isEncryptionEnabled:eq:false|userName:cn:writer' } },
    want: { status: 200, body: { range: { total: 0 } } },
  },
  {
    op: 'requestUser',
    name: 'tells administrators who has encryption',
    as: 'admin',
    before: userPairs('RSA-4096'),
    send: (scene) => ({ params: { user_id: scene.userId('writer') } }),
    want: { status: 200, body: { isEncryptionEnabled: true } },
  },
]

const unpaired = { as: 'admin', before: paired('admin') } as const
const needsOwn = { status: 403, code: -70020 }

const onlySystem: readonly ContractRow[] = [
  {
    op: 'requestSystemRescueKeyPair',
    name: 'there is none',
    as: 'admin',
    before: rescuePaired(),
    want: noPair,
  },
  {
    op: 'setSystemRescueKeyPair',
    name: 'the same version again',
    as: 'admin',
    before: rescuePaired('RSA-4096'),
    send: { body: wirePair() },
    want: { status: 400, code: -70021 },
  },
  ...['requestAllSystemRescueKeyPairs', 'removeSystemRescueKeyPair'].map((op) => ({
    ...unpaired,
    op,
    name: 'needs a pair of the own',
    want: needsOwn,
  })),
  {
    ...unpaired,
    op: 'createAndPreserveKeyPair',
    name: 'needs a pair of the own',
    send: { body: wireNext('A', 'RSA-4096') },
    want: needsOwn,
  },
  {
    op: 'requestSystemRescueKeyPair',
    name: 'without the right',
    as: 'manager',
    before: enabled,
    want: { status: 403, body: { errorCode: undefined } },
  },
]

export const keyPairsRows: readonly ContractRow[] = [
  ...pairRows(users, 'writer', userPairs),
  ...onlyUsers,
  ...pairRows(system, 'admin', rescuePaired),
  ...onlySystem,
]
