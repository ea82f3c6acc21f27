import { type Kysely, sql } from 'kysely'
import type { KeyCopy, PlacedKey } from '../../core/keys/key-store.ts'
import { kindOf } from './engine-handle.ts'
import { toFileKeyRow, toPlacedKey } from './key-pair-rows.ts'
import { childrenOf } from './node-children-of.ts'
import { isLive, kindCodes } from './node-rows.ts'
import { prepared } from './prepared.ts'
import type { FileKeysTable } from './schema/keys.ts'
import type { Database } from './schema.ts'
import { idList, inList, type Scope, statement } from './scope.ts'

type Handle = Kysely<Database>

/** Rows of one INSERT; SQLite takes 32,766 values in a statement. */
const rowsAtOnce = 500
const file = sql.lit(kindCodes.file)

export async function addFileKeys(
  { db, tenantId }: Scope,
  keys: readonly PlacedKey[],
): Promise<void> {
  for (let from = 0; from < keys.length; from += rowsAtOnce) {
    const rows = keys.slice(from, from + rowsAtOnce).map((key) => toFileKeyRow(tenantId, key))
    await db
      .insertInto('file_keys')
      .values(rows)
      .onConflict((there) =>
        there.columns(['tenant_id', 'node_id', 'version_id', 'pair_id']).doNothing(),
      )
      .execute()
  }
}

type Version = { tenantId: number; nodeId: number; versionId: number }

const ofVersion = prepared((db: Handle, { tenantId, nodeId, versionId, list }: Version & Many) =>
  statement(
    db,
    sql<FileKeysTable>`select * from file_keys where tenant_id = ${tenantId}
      and node_id = ${nodeId} and version_id = ${versionId}
      and ${inList(kindOf(db), 'pair_id', list)}`,
  ),
)

type Many = { tenantId: number; list: unknown }

export async function fileKeysOf(
  scope: Scope,
  place: { nodeId: number; versionId: number },
  pairIds: readonly number[],
): Promise<PlacedKey[]> {
  if (pairIds.length === 0) return []
  const values = { ...place, tenantId: scope.tenantId, list: idList(scope, pairIds) }
  return (await ofVersion(scope.db, values)).rows.map(toPlacedKey)
}

/** Versions have ids of their own among all, so that they alone say where a key belongs. */
export async function copyFileKeys(scope: Scope, copies: readonly KeyCopy[]): Promise<void> {
  for (let from = 0; from < copies.length; from += rowsAtOnce) {
    const some = copies.slice(from, from + rowsAtOnce)
    const nodes = idList(scope, [...new Set(some.map((copy) => copy.from.nodeId))])
    const { rows } = await sql<FileKeysTable>`select * from file_keys
      where tenant_id = ${scope.tenantId} and ${inList(scope.kind, 'node_id', nodes)}`.execute(
      scope.db,
    )
    const keys = rows.map(toPlacedKey)
    const copied = some.flatMap(({ from: source, to }) =>
      keys
        .filter((key) => key.nodeId === source.nodeId && key.versionId === source.versionId)
        .map((key) => ({ ...key, ...to })),
    )
    await addFileKeys(scope, copied)
  }
}

const locked = prepared(
  (db: Handle, { tenantId, id, userId }: { tenantId: number; id: number; userId: number }) =>
    statement(
      db,
      sql<{ count: number }>`
        with recursive below(id, kind, version_id) as (
          select n.id, n.kind, n.version_id from nodes n
          where n.tenant_id = ${tenantId} and n.id = ${id} and ${isLive}
          union all
          select n.id, n.kind, n.version_id from below b cross join ${childrenOf(db, tenantId)}
        )
        select count(*) as count from below b where b.kind = ${file} and not exists (
          select 1 from file_keys k
          join key_pairs p on p.tenant_id = k.tenant_id and p.id = k.pair_id
          where k.tenant_id = ${tenantId} and k.node_id = b.id and k.version_id = b.version_id
            and p.holder_kind = 'user' and p.holder_id = ${userId})`,
    ),
)

export async function countLocked(scope: Scope, id: number, userId: number): Promise<number> {
  const { rows } = await locked(scope.db, { tenantId: scope.tenantId, id, userId })
  return Number(rows[0]?.count ?? 0)
}

export async function openedOnlyBy(
  { db, tenantId }: Scope,
  pairId: number,
  limit: number,
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select n.id from file_keys k
    join nodes n on n.tenant_id = k.tenant_id and n.id = k.node_id and n.version_id = k.version_id
    where k.tenant_id = ${tenantId} and k.pair_id = ${pairId} and ${isLive}
      and not exists (select 1 from file_keys o where o.tenant_id = k.tenant_id
        and o.node_id = k.node_id and o.version_id = k.version_id and o.pair_id <> k.pair_id)
    order by n.id limit ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}

export async function removeFileKeys(scope: Scope, nodeIds: readonly number[]): Promise<void> {
  if (nodeIds.length === 0) return
  await sql`delete from file_keys where tenant_id = ${scope.tenantId}
    and ${inList(scope.kind, 'node_id', idList(scope, nodeIds))}`.execute(scope.db)
}
