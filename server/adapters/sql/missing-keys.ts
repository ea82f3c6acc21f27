import { type RawBuilder, sql } from 'kysely'
import type { MissingKey, MissingQuery, PublicKeyOf } from '../../core/keys/key-store.ts'
import { MANAGE_DOWNLOAD_LINKS, type Permissions, READ } from '../../core/permissions/permission.ts'
import { previousSlots, toFileKey, toHolder, versionOfSlot } from './key-pair-rows.ts'
import type { FileKeysTable, KeyPairsTable } from './schema/keys.ts'
import type { Scope } from './scope.ts'

type Condition = RawBuilder<unknown>

/** A holder of MANAGE has the other two as well. */
const usesKeys = READ | MANAGE_DOWNLOAD_LINKS

/** The best pair of its holder. */
const isBest = (pair: string): Condition =>
  sql`not exists (select 1 from key_pairs q where q.tenant_id = ${sql.ref(`${pair}.tenant_id`)}
    and q.holder_kind = ${sql.ref(`${pair}.holder_kind`)}
    and q.holder_id = ${sql.ref(`${pair}.holder_id`)} and q.slot < ${sql.ref(`${pair}.slot`)})`

const holds = (boundary: Condition, userId: Condition, anyOf: number, now: number): Condition =>
  sql`exists (select 1 from access a where a.tenant_id = ${sql.ref('u.tenant_id')}
    and a.boundary_id = ${boundary} and a.user_id = ${userId}
    and (a.permissions & ${sql.lit(anyOf)}) <> 0
    and (a.expire_at is null or a.expire_at > ${now}))`

type Row = Pick<KeyPairsTable, 'holder_kind' | 'holder_id' | 'slot' | 'public_key'> &
  Pick<KeyPairsTable, 'created_at' | 'created_by'> &
  Pick<FileKeysTable, 'node_id' | 'version_id' | 'version' | 'wrapped_key' | 'iv' | 'tag'> & {
    needing_id: number
  }

/** One page of pairs in need, in the order of files. */
export async function missingKeys(
  { db, tenantId }: Scope,
  query: MissingQuery,
  { offset, limit }: { offset: number; limit: number },
): Promise<MissingKey[]> {
  const { rows } = await sql<Row>`
    select k.node_id, k.version_id, k.version, k.wrapped_key, k.iv, k.tag, p.id as needing_id,
      p.holder_kind, p.holder_id, p.slot, p.public_key, p.created_at, p.created_by
    from key_pairs d
    join file_keys k on k.tenant_id = d.tenant_id and k.pair_id = d.id
    join nodes n on n.tenant_id = k.tenant_id and n.id = k.node_id and n.version_id = k.version_id
    join key_pairs p on p.tenant_id = d.tenant_id and p.holder_kind = ${query.of}
    where d.tenant_id = ${tenantId} and ${all(conditions(query))}
    order by k.node_id, p.id limit ${limit} offset ${offset}`.execute(db)
  return rows.map((row) => ({
    nodeId: row.node_id,
    versionId: row.version_id,
    holder: toHolder(row.holder_kind, row.holder_id),
    pairId: row.needing_id,
    publicKey: row.public_key,
    version: versionOfSlot(row.slot),
    createdAt: row.created_at,
    createdBy: row.created_by,
    fileKey: toFileKey(row),
  }))
}

function conditions(query: MissingQuery): Condition[] {
  const { by, current, of, now, seenBy, roomId, nodeId, userId } = query
  return [
    sql`n.deleted_at is null and (n.expire_at is null or n.expire_at > ${now})`,
    sql`d.holder_kind = ${by.kind}`,
    ...(by.kind === 'user' ? [sql`d.holder_id = ${by.userId ?? 0}`] : []),
    ...(by.kind === 'room' ? [sql`d.holder_id = n.encrypted_by`] : []),
    current ? isBest('d') : sql`not (${isBest('d')})`,
    isBest('p'),
    sql`p.slot < ${sql.lit(previousSlots)}`,
    ...(current ? [] : [sql`p.holder_kind = d.holder_kind and p.holder_id = d.holder_id`]),
    inNeed(of, now),
    sql`not exists (select 1 from file_keys h where h.tenant_id = k.tenant_id
      and h.node_id = k.node_id and h.version_id = k.version_id and h.pair_id = p.id)`,
    ...(seenBy === null ? [] : [seen(seenBy, now)]),
    ...(roomId === undefined ? [] : [sql`n.boundary_id = ${roomId}`]),
    ...(nodeId === undefined ? [] : [sql`n.id = ${nodeId}`]),
    ...(userId === undefined ? [] : [sql`p.holder_id = ${userId}`]),
  ]
}

const seen = (userId: number, now: number) =>
  sql`exists (select 1 from users u where u.tenant_id = n.tenant_id and u.id = ${userId}
    and ${holds(sql`n.boundary_id`, sql`u.id`, usesKeys, now)})`

/** Whether the holder of `p` is one who is to open the file `n`. */
function inNeed(of: MissingQuery['of'], now: number): Condition {
  if (of === 'room') return sql`p.holder_id = n.encrypted_by`
  if (of === 'tenant') {
    return sql`exists (select 1 from encrypted_rooms r where r.tenant_id = n.tenant_id
      and r.room_id = n.encrypted_by and r.uses_tenant_key = 1)`
  }
  return sql`exists (select 1 from users u where u.tenant_id = n.tenant_id and u.id = p.holder_id
    and ${holds(sql`n.boundary_id`, sql`u.id`, usesKeys, now)})`
}

export async function publicKeysFor(
  { db, tenantId }: Scope,
  boundaryId: number,
  anyOf: Permissions,
  now: number,
  limit: number,
): Promise<PublicKeyOf[]> {
  const { rows } = await sql<Omit<KeyPairsTable, 'tenant_id' | 'id' | 'private_key'>>`
    select p.holder_id, p.slot, p.public_key, p.created_at, p.created_by from key_pairs p
    join users u on u.tenant_id = p.tenant_id and u.id = p.holder_id
    where p.tenant_id = ${tenantId} and p.holder_kind = 'user' and ${isBest('p')}
      and ${holds(sql`${boundaryId}`, sql`u.id`, anyOf, now)}
    order by p.holder_id limit ${limit}`.execute(db)
  return rows.map((row) => ({
    userId: row.holder_id,
    publicKey: row.public_key,
    version: versionOfSlot(row.slot),
    createdAt: row.created_at,
    createdBy: row.created_by,
  }))
}

function all(parts: readonly Condition[]): Condition {
  return sql.join(parts, sql` and `)
}
