import { type Kysely, sql } from 'kysely'
import type { KeyPair } from '../../core/keys/key-pair.ts'
import type { KeyStore, RoomEncryption } from '../../core/keys/key-store.ts'
import {
  addFileKeys,
  copyFileKeys,
  countLocked,
  fileKeysOf,
  openedOnlyBy,
  removeFileKeys,
} from './file-keys.ts'
import { ids } from './ids.ts'
import { holderId, previousSlots, refuseTaken, toKeyPair, toKeyPairRow } from './key-pair-rows.ts'
import { missingKeys, publicKeysFor } from './missing-keys.ts'
import { kindCodes } from './node-rows.ts'
import { wholeSubtreeIds } from './node-tree.ts'
import { prepared } from './prepared.ts'
import type { KeyPairsTable } from './schema/keys.ts'
import type { Database } from './schema.ts'
import { idList, inList, type Scope } from './scope.ts'

type Handle = Kysely<Database>
type Holder = { tenantId: number; kind: string; id: number }

const byHolder = prepared((db: Handle, { tenantId, kind, id }: Holder) =>
  db
    .selectFrom('key_pairs')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('holder_kind', '=', kind)
    .where('holder_id', '=', id)
    .orderBy('slot'),
)

const enabled = prepared((db: Handle, { tenantId }: { tenantId: number }) =>
  db.selectFrom('tenant_encryption').select('enabled_at').where('tenant_id', '=', tenantId),
)

const roomById = prepared((db: Handle, { tenantId, id }: { tenantId: number; id: number }) =>
  db
    .selectFrom('encrypted_rooms')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('room_id', '=', id),
)

/** Key pairs, encrypted rooms and file keys of one tenant. */
export function keyStore(scope: Scope): KeyStore {
  const { db, tenantId } = scope
  return {
    async isEnabled() {
      return (await enabled(db, { tenantId })).rows.length > 0
    },
    async enable(at, by) {
      const row = { tenant_id: tenantId, enabled_at: at, enabled_by: by }
      const insert = db.insertInto('tenant_encryption').values(row)
      const [result] = await insert
        .onConflict((there) => there.column('tenant_id').doNothing())
        .execute()
      return result?.numInsertedOrUpdatedRows === 1n
    },
    takeId: () => ids.next(db, 'key_pairs'),
    insert: (pair) => insert(scope, pair),
    async pairsOf(holder) {
      const values = { tenantId, kind: holder.kind, id: holderId(holder) }
      return (await byHolder(db, values)).rows.map(toKeyPair)
    },
    async usersWithPair(userIds) {
      if (userIds.length === 0) return new Set()
      const rows = await db
        .selectFrom('key_pairs')
        .select('holder_id')
        .distinct()
        .where('tenant_id', '=', tenantId)
        .where('holder_kind', '=', 'user')
        .where(inList(scope.kind, 'holder_id', idList(scope, userIds)))
        .execute()
      return new Set(rows.map((row) => row.holder_id))
    },
    retire: (id, privateKey) => retire(scope, id, privateKey),
    async remove(id) {
      await removePairs(scope, [id])
    },
    async removeAllOf(holder) {
      const values = { tenantId, kind: holder.kind, id: holderId(holder) }
      await removePairs(
        scope,
        (await byHolder(db, values)).rows.map((row) => row.id),
      )
    },
    publicKeysFor: (boundaryId, anyOf, now, limit) =>
      publicKeysFor(scope, boundaryId, anyOf, now, limit),
    setRoom: (room) => setRoom(scope, room),
    async removeRoom(roomId) {
      await this.removeAllOf({ kind: 'room', roomId })
      await db
        .deleteFrom('encrypted_rooms')
        .where('tenant_id', '=', tenantId)
        .where('room_id', '=', roomId)
        .execute()
    },
    async room(roomId) {
      const row = (await roomById(db, { tenantId, id: roomId })).rows[0]
      return row && { roomId, usesTenantKey: row.uses_tenant_key === 1 }
    },
    countWithin: (rootId) => countWithin(scope, rootId),
    markSubtree: (rootId, encryptedBy) => markSubtree(scope, rootId, encryptedBy),
    addFileKeys: (keys) => addFileKeys(scope, keys),
    fileKeys: (place, pairIds) => fileKeysOf(scope, place, pairIds),
    copyFileKeys: (copies) => copyFileKeys(scope, copies),
    countLocked: (rootId, userId) => countLocked(scope, rootId, userId),
    openedOnlyBy: (pairId, limit) => openedOnlyBy(scope, pairId, limit),
    removeFileKeys: (nodeIds) => removeFileKeys(scope, nodeIds),
    missing: (query, page) => missingKeys(scope, query, page),
  }
}

async function insert({ db, tenantId }: Scope, pair: KeyPair): Promise<void> {
  const [result] = await db
    .insertInto('key_pairs')
    .values(toKeyPairRow(tenantId, pair))
    .onConflict((there) =>
      there.columns(['tenant_id', 'holder_kind', 'holder_id', 'slot']).doNothing(),
    )
    .execute()
  if (result?.numInsertedOrUpdatedRows !== 1n) refuseTaken(pair.version)
}

async function setRoom({ db, tenantId }: Scope, room: RoomEncryption): Promise<void> {
  const uses = Number(room.usesTenantKey)
  await db
    .insertInto('encrypted_rooms')
    .values({ tenant_id: tenantId, room_id: room.roomId, uses_tenant_key: uses })
    .onConflict((there) =>
      there.columns(['tenant_id', 'room_id']).doUpdateSet({ uses_tenant_key: uses }),
    )
    .execute()
}

async function retire(scope: Scope, id: number, privateKey: string): Promise<void> {
  const { db, tenantId } = scope
  const pair = await db
    .selectFrom('key_pairs')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const slot = pair.slot + previousSlots
  if (await isTaken(scope, { ...pair, slot })) refuseTaken(toKeyPair(pair).version)
  await db
    .updateTable('key_pairs')
    .set({ slot, private_key: privateKey })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

async function isTaken({ db, tenantId }: Scope, pair: KeyPairsTable): Promise<boolean> {
  const { rows } = await byHolder(db, {
    tenantId,
    kind: pair.holder_kind,
    id: pair.holder_id,
  })
  return rows.some(({ slot }) => slot === pair.slot)
}

async function removePairs(scope: Scope, pairIds: readonly number[]): Promise<void> {
  const { db, kind, tenantId } = scope
  if (pairIds.length === 0) return
  const list = idList(scope, pairIds)
  await db
    .deleteFrom('file_keys')
    .where('tenant_id', '=', tenantId)
    .where(inList(kind, 'pair_id', list))
    .execute()
  await db
    .deleteFrom('key_pairs')
    .where('tenant_id', '=', tenantId)
    .where(inList(kind, 'id', list))
    .execute()
}

async function countWithin(scope: Scope, rootId: number) {
  const { db, kind, tenantId } = scope
  const list = idList(scope, await wholeSubtreeIds(scope, rootId))
  const { rows } = await sql<{ files: number; deleted: number; links: number }>`select
      (select count(*) from nodes where tenant_id = ${tenantId} and ${inList(kind, 'id', list)}
        and kind = ${sql.lit(kindCodes.file)} and coalesce(deleted_at, 0) = 0) as files,
      (select count(*) from nodes where tenant_id = ${tenantId} and ${inList(kind, 'id', list)}
        and coalesce(deleted_at, 0) <> 0) as deleted,
      (select count(*) from links where tenant_id = ${tenantId}
        and ${inList(kind, 'node_id', list)}) as links`.execute(db)
  return rows[0]!
}

async function markSubtree(scope: Scope, rootId: number, by: number | null): Promise<void> {
  const list = idList(scope, await wholeSubtreeIds(scope, rootId))
  await sql`update nodes set encrypted_by = ${by} where tenant_id = ${scope.tenantId}
    and ${inList(scope.kind, 'id', list)}`.execute(scope.db)
}
