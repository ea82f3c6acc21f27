import { addKeyPair } from '../../core/keys/add-key-pair.ts'
import { enableTenantEncryption } from '../../core/keys/enable-tenant-encryption.ts'
import { encryptRoom } from '../../core/keys/encrypt-room.ts'
import { findKeyPair, findKeyPairs, findTenantKeyPair } from '../../core/keys/find-key-pairs.ts'
import type { HolderRef } from '../../core/keys/key-holder.ts'
import { removeKeyPair } from '../../core/keys/remove-key-pair.ts'
import { tenantUsage } from '../../core/tenants/tenant-usage.ts'
import type { Row } from '../operation.ts'
import type { CreateKeyPairRequest } from './generated/shapes.ts'
import { nodeRef } from './ids.ts'
import { op } from './op.ts'
import { presentCustomer } from './present-customer.ts'
import { presentKeyPair } from './present-keys.ts'
import { presentNode } from './present-node.ts'
import { readKeyPair, readPairVersion, readPreviousKey } from './read-keys.ts'

const own: HolderRef = { kind: 'user' }
const system: HolderRef = { kind: 'tenant' }
const roomOf = (id: number): HolderRef => ({ kind: 'room', room: nodeRef(id) })

const readCreated = (body: CreateKeyPairRequest) => ({
  pair: readKeyPair(body),
  previous: readPreviousKey(body.previousPrivateKey),
})

const ofUsers: Row[] = [
  op('requestUserKeyPair', {
    auth: 'user',
    run: (ctx, { params }) =>
      findKeyPair(ctx, { of: own, version: readPairVersion(params.version) }),
    reply: presentKeyPair,
  }),

  op('requestUserKeyPairs', {
    auth: 'user',
    run: (ctx) => findKeyPairs(ctx, { of: own }),
    reply: (pairs) => pairs.map(presentKeyPair),
  }),

  op('setUserKeyPair', {
    auth: 'user',
    run: (ctx, { body }) => addKeyPair(ctx, { of: own, pair: readKeyPair(body) }),
    reply: () => undefined,
  }),

  op('createAndPreserveUserKeyPair', {
    auth: 'user',
    run: (ctx, { body }) => addKeyPair(ctx, { of: own, ...readCreated(body) }),
    reply: () => undefined,
  }),

  op('removeUserKeyPair', {
    auth: 'user',
    run: (ctx, { params }) =>
      removeKeyPair(ctx, { of: own, version: readPairVersion(params.version) }),
    reply: () => undefined,
  }),
]

const ofSystem: Row[] = [
  op('enableCustomerEncryption', {
    auth: 'user',
    run: async (ctx, { body }) => {
      const { enableCustomerEncryption: enable, dataSpaceRescueKey } = body
      await enableTenantEncryption(ctx, { enable, rescue: readKeyPair(dataSpaceRescueKey) })
      return tenantUsage(ctx)
    },
    reply: (usage, _input, { tenant }) => presentCustomer(tenant, usage),
  }),

  op('requestCustomerKeyPair', {
    auth: 'user',
    run: (ctx) => findTenantKeyPair(ctx),
    reply: presentKeyPair,
  }),

  op('requestSystemRescueKeyPair', {
    auth: 'user',
    run: (ctx, { params }) =>
      findKeyPair(ctx, { of: system, version: readPairVersion(params.version) }),
    reply: presentKeyPair,
  }),

  op('requestAllSystemRescueKeyPairs', {
    auth: 'user',
    run: (ctx) => findKeyPairs(ctx, { of: system }),
    reply: (pairs) => pairs.map(presentKeyPair),
  }),

  op('setSystemRescueKeyPair', {
    auth: 'user',
    run: (ctx, { body }) => addKeyPair(ctx, { of: system, pair: readKeyPair(body) }),
    reply: () => undefined,
  }),

  op('createAndPreserveKeyPair', {
    auth: 'user',
    run: (ctx, { body }) => addKeyPair(ctx, { of: system, ...readCreated(body) }),
    reply: () => undefined,
  }),

  op('removeSystemRescueKeyPair', {
    auth: 'user',
    run: (ctx, { params }) =>
      removeKeyPair(ctx, { of: system, version: readPairVersion(params.version) }),
    reply: () => undefined,
  }),
]

const ofRooms: Row[] = [
  op('encryptRoom', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      encryptRoom(ctx, {
        room: nodeRef(params.room_id),
        isEncrypted: body.isEncrypted,
        usesTenantKey: body.useDataSpaceRescueKey,
        rescue: body.dataRoomRescueKey && readKeyPair(body.dataRoomRescueKey),
      }),
    reply: presentNode,
  }),

  op('requestRoomRescueKeyPair', {
    auth: 'user',
    run: (ctx, { params }) =>
      findKeyPair(ctx, { of: roomOf(params.room_id), version: readPairVersion(params.version) }),
    reply: presentKeyPair,
  }),

  op('requestRoomRescueKeyPairs', {
    auth: 'user',
    run: (ctx, { params }) => findKeyPairs(ctx, { of: roomOf(params.room_id) }),
    reply: (pairs) => pairs.map(presentKeyPair),
  }),

  op('setRoomRescueKeyPair', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      addKeyPair(ctx, { of: roomOf(params.room_id), pair: readKeyPair(body) }),
    reply: () => undefined,
  }),

  op('createAndPreserveRoomRescueKeyPair', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      addKeyPair(ctx, { of: roomOf(params.room_id), ...readCreated(body) }),
    reply: () => undefined,
  }),

  op('removeRoomRescueKeyPair', {
    auth: 'user',
    run: (ctx, { params }) =>
      removeKeyPair(ctx, {
        of: roomOf(params.room_id),
        version: readPairVersion(params.version),
      }),
    reply: () => undefined,
  }),
]

/** Key pairs of users and rescue key pairs, and what they are for: encryption by clients. */
export const keyPairsRows: Row[] = [...ofUsers, ...ofSystem, ...ofRooms]
