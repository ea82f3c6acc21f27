import type { ContractRow } from '../row.ts'
import { brokenPrivate, brokenPublic, wireNext, wirePair } from './key-scene.ts'

const noPair = { status: 404, code: -70020 }
const rescue = (enable: boolean, pair: object = wirePair()) => ({
  body: { enableCustomerEncryption: enable, dataSpaceRescueKey: pair },
})

/** Runs in a world of its own, from a tenant without encryption on. */
export const encryptionOffRows: readonly ContractRow[] = [
  {
    op: 'setUserKeyPair',
    name: 'not before encryption is enabled',
    as: 'writer',
    send: { body: wirePair() },
    want: { status: 400, code: -70027 },
  },
  {
    op: 'createAndPreserveUserKeyPair',
    name: 'not before encryption is enabled',
    as: 'writer',
    send: { body: wireNext('A', 'RSA-4096') },
    want: { status: 400, code: -70027 },
  },
  {
    op: 'encryptRoom',
    name: 'not before encryption is enabled',
    as: 'manager',
    send: (scene) => ({ params: { room_id: scene.id('/') }, body: { isEncrypted: true } }),
    want: { status: 400, code: -80000 },
  },
  {
    op: 'requestCustomerKeyPair',
    name: 'there is none yet',
    as: 'writer',
    want: noPair,
  },
  {
    op: 'enableCustomerEncryption',
    name: 'it cannot be disabled',
    as: 'admin',
    send: rescue(false),
    want: { status: 400, code: -70024 },
  },
  {
    op: 'enableCustomerEncryption',
    name: 'the rescue key is no PEM',
    as: 'admin',
    send: rescue(true, brokenPublic),
    want: { status: 400, code: -70022 },
  },
  {
    op: 'enableCustomerEncryption',
    name: 'the private key is not encrypted',
    as: 'admin',
    send: rescue(true, brokenPrivate),
    want: { status: 400, code: -70023 },
  },
  {
    op: 'enableCustomerEncryption',
    name: 'without the right',
    as: 'manager',
    send: rescue(true),
    want: { status: 403, body: { errorCode: undefined } },
  },
  {
    op: 'enableCustomerEncryption',
    name: 'neither true nor false',
    as: 'admin',
    send: { body: { ...rescue(true).body, enableCustomerEncryption: 'maybe' } },
    want: { status: 400, code: -80005 },
  },
  {
    op: 'enableCustomerEncryption',
    name: 'nothing is said',
    as: 'admin',
    send: { body: {} },
    want: { status: 400, code: -80000 },
  },
  {
    op: 'setSystemRescueKeyPair',
    name: 'the first one enables encryption',
    as: 'admin',
    send: { body: wirePair() },
    want: { status: 204, events: ['encryption.enabled', 'key-pair.created'] },
    then: async (scene) => {
      const { body } = await scene.call('requestCustomerInfo', 'writer', {})
      const { customerEncryptionEnabled } = body as { customerEncryptionEnabled: boolean }
      if (!customerEncryptionEnabled) throw new Error('encryption is not enabled')
    },
  },
  {
    op: 'setSystemRescueKeyPair',
    name: 'the next one needs a pair of the own',
    as: 'admin',
    send: { body: wirePair('A') },
    want: { status: 403, code: -70020 },
  },
  {
    op: 'enableCustomerEncryption',
    name: 'only once',
    as: 'admin',
    send: rescue(true),
    want: { status: 400, code: -70025 },
  },
]

/** Runs in a world of its own likewise. */
export const enablingRows: readonly ContractRow[] = [
  {
    op: 'enableCustomerEncryption',
    name: 'with the first rescue key',
    as: 'admin',
    send: rescue(true),
    want: {
      status: 200,
      body: { customerEncryptionEnabled: true },
      events: ['encryption.enabled', 'key-pair.created'],
    },
  },
  {
    op: 'requestCustomerKeyPair',
    name: 'for everybody with an account',
    as: 'reader',
    want: { status: 200, body: wirePair() },
  },
]
