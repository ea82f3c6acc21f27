import { findFileKey } from '../../core/keys/find-file-key.ts'
import type { KeyHolder } from '../../core/keys/key-pair.ts'
import { maxMissing, missingFileKeys } from '../../core/keys/missing-file-keys.ts'
import { setFileKeys } from '../../core/keys/set-file-keys.ts'
import type { Row } from '../operation.ts'
import { nodeRef } from './ids.ts'
import { op } from './op.ts'
import { presentFileKey, presentMissing } from './present-keys.ts'
import { parseRange } from './query.ts'
import { holderOfId, readFileKey, readPairVersion } from './read-keys.ts'
import { refuseInput } from './refuse.ts'

/** Keys of encrypted files: each wrapped for one who may open it. */
export const fileKeysRows: Row[] = [
  op('requestUserFileKey', {
    auth: 'user',
    run: (ctx, { params }) =>
      findFileKey(ctx, {
        file: nodeRef(params.file_id),
        of: 'user',
        version: readPairVersion(params.version),
      }),
    reply: presentFileKey,
  }),

  op('requestRoomRescueKey', {
    auth: 'user',
    run: (ctx, { params }) =>
      findFileKey(ctx, {
        file: nodeRef(params.file_id),
        of: 'room',
        version: readPairVersion(params.version),
      }),
    reply: presentFileKey,
  }),

  op('requestSystemRescueKey', {
    auth: 'user',
    run: (ctx, { params }) =>
      findFileKey(ctx, {
        file: nodeRef(params.file_id),
        of: 'tenant',
        version: readPairVersion(params.version),
      }),
    reply: presentFileKey,
  }),

  op('setUserFileKeys', {
    auth: 'user',
    run: (ctx, { body }) =>
      setFileKeys(ctx, {
        items: body.items.map(({ fileId, userId, fileKey }) => ({
          file: nodeRef(fileId),
          holder: holderOfId(userId),
          fileKey: readFileKey(fileKey),
        })),
      }),
    reply: () => undefined,
  }),

  op('requestMissingFileKeys', {
    auth: 'user',
    run: (ctx, { params }) =>
      missingFileKeys(ctx, {
        ...readUse(params.use_key),
        room: params.room_id === undefined ? undefined : nodeRef(params.room_id),
        file: params.file_id === undefined ? undefined : nodeRef(params.file_id),
        userId: params.user_id,
        page: readPage(params),
      }),
    reply: (page, { params }) => presentMissing(page, readPage(params)),
  }),
]

const uses: Readonly<Record<string, { by: KeyHolder['kind']; previous: boolean }>> = {
  previous_user_key: { by: 'user', previous: true },
  room_rescue_key: { by: 'room', previous: false },
  previous_room_rescue_key: { by: 'room', previous: true },
  system_rescue_key: { by: 'tenant', previous: false },
  previous_system_rescue_key: { by: 'tenant', previous: true },
}

function readUse(use: string | undefined) {
  if (use === undefined) return { by: 'user', previous: false } as const
  if (Object.hasOwn(uses, use)) return uses[use]!
  return refuseInput('query.use_key', 'key-use', `known: ${Object.keys(uses).join(', ')}`)
}

/** Clients ask for up to 500; more than 100 are never answered. */
function readPage(params: { readonly offset?: number; readonly limit?: number }) {
  const { offset, limit } = parseRange(params)
  return { offset, limit: Math.min(limit, maxMissing) }
}
