import { type Kysely, sql } from 'kysely'
import type {
  BlobContent,
  BlobRow,
  BlobRowStore,
  Segment,
} from '../../core/blobs/blob-row-store.ts'
import { READ } from '../../core/permissions/permission.ts'
import { removeUnreferenced, unreferencedAfter } from './blob-sweep.ts'
import { prepared } from './prepared.ts'
import type { BlobsTable } from './schema/transfers.ts'
import type { Database } from './schema.ts'
import { pick, type Scope, statement } from './scope.ts'

type Handle = Kysely<Database>
type One = { tenantId: number; id: string }
type Found = Omit<BlobsTable, 'tenant_id' | 'unreferenced_since' | 'bytes'>

const columns = [
  'tenant_id',
  'id',
  'size',
  'md5',
  'sha256',
  'created_at',
  'unreferenced_since',
  'bytes',
] as const satisfies readonly (keyof BlobsTable)[]

const insertBlob = prepared((db: Handle, row: BlobsTable) =>
  db.insertInto('blobs').values(pick(row, columns)),
)
const byId = prepared((db: Handle, { tenantId, id }: One) =>
  db
    .selectFrom('blobs')
    .select(['id', 'size', 'md5', 'sha256', 'created_at'])
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id),
)
const bytesOf = prepared((db: Handle, { tenantId, id }: One) =>
  db.selectFrom('blobs').select('bytes').where('tenant_id', '=', tenantId).where('id', '=', id),
)
const segmentsOf = prepared((db: Handle, { tenantId, id }: One) =>
  db
    .selectFrom('blob_segments')
    .select(['key', 'size'])
    .where('tenant_id', '=', tenantId)
    .where('blob_id', '=', id)
    .orderBy('position'),
)
const updateHashes = prepared((db: Handle, values: One & { md5: string; sha256: string }) =>
  db
    .updateTable('blobs')
    .set({ md5: values.md5, sha256: values.sha256 })
    .where('tenant_id', '=', values.tenantId)
    .where('id', '=', values.id),
)

type Wanted = { tenantId: number; userId: number; size: number; md5: string; now: number }

/** By the current version of a live file only: old versions and the trash need other rights. */
const readable = prepared((db: Handle, { tenantId, userId, size, md5, now }: Wanted) =>
  statement(
    db,
    sql<Found>`select b.id, b.size, b.md5, b.sha256, b.created_at from blobs b
      where b.tenant_id = ${tenantId} and b.md5 = ${md5} and b.size = ${size} and exists (
        select 1 from versions v
        join nodes n on n.tenant_id = v.tenant_id and n.id = v.node_id
        join access a on a.tenant_id = n.tenant_id and a.boundary_id = n.boundary_id
        where v.tenant_id = b.tenant_id and v.blob_id = b.id and n.version_id = v.id
          and n.deleted_at is null and (n.expire_at is null or n.expire_at > ${now})
          and a.user_id = ${userId} and (a.permissions & ${sql.lit(READ)}) <> 0
          and (a.expire_at is null or a.expire_at > ${now}))
      order by b.id limit 1`,
  ),
)

const releaseHold = prepared((db: Handle, { tenantId, key }: { tenantId: number; key: string }) =>
  db.deleteFrom('blob_holds').where('tenant_id', '=', tenantId).where('key', '=', key),
)

/** Rows of blobs of one tenant. */
export function blobRowStore(scope: Scope): BlobRowStore {
  const { db, tenantId } = scope
  return {
    async insertSmall(blob, bytes) {
      await insertBlob(db, toRow(tenantId, blob, bytes))
    },
    async insert(blob, segments) {
      await insertBlob(db, toRow(tenantId, blob, null))
      await insertSegments(scope, blob.id, segments)
    },
    async find(id) {
      return toBlob((await byId(db, { tenantId, id })).rows[0])
    },
    content: (id) => contentOf(scope, id),
    async findReadable(userId, size, md5, now) {
      return toBlob((await readable(db, { tenantId, userId, size, md5, now })).rows[0])
    },
    async setHashes(id, md5, sha256) {
      await updateHashes(db, { tenantId, id, md5, sha256 })
    },
    keep: (ids) => keep(scope, ids),
    findUnreferenced: (afterId, limit) => unreferencedAfter(scope, afterId, limit),
    removeUnreferenced: (ids, now, before) => removeUnreferenced(scope, ids, now, before),
    async holdKey(key, until) {
      const insert = db.insertInto('blob_holds').values({ tenant_id: tenantId, key, until })
      await insert.onConflict((held) => held.column('key').doUpdateSet({ until })).execute()
    },
    async releaseKey(key) {
      return (await releaseHold(db, { tenantId, key })).numAffectedRows === 1n
    },
    async removeHolds(before) {
      await db
        .deleteFrom('blob_holds')
        .where('tenant_id', '=', tenantId)
        .where('until', '<=', before)
        .execute()
    },
  }
}

async function insertSegments(
  { db, tenantId }: Scope,
  id: string,
  segments: readonly Segment[],
): Promise<void> {
  const rows = segments.map(({ key, size }, position) => ({
    tenant_id: tenantId,
    blob_id: id,
    position,
    key,
    size,
  }))
  for (let from = 0; from < rows.length; from += 500) {
    await db
      .insertInto('blob_segments')
      .values(rows.slice(from, from + 500))
      .execute()
  }
}

async function contentOf({ db, tenantId }: Scope, id: string): Promise<BlobContent | undefined> {
  const row = (await bytesOf(db, { tenantId, id })).rows[0]
  if (row === undefined) return undefined
  if (row.bytes !== null) return { bytes: row.bytes }
  return { segments: (await segmentsOf(db, { tenantId, id })).rows }
}

/** A row lock on PostgreSQL; the sweep takes a stronger one and looks again once it has it. */
async function keep({ db, kind, tenantId }: Scope, ids: readonly string[]): Promise<Set<string>> {
  const kept = new Set<string>()
  for (let from = 0; from < ids.length; from += 500) {
    const some = db
      .selectFrom('blobs')
      .select('id')
      .where('tenant_id', '=', tenantId)
      .where('id', 'in', ids.slice(from, from + 500))
      .orderBy('id')
    const rows = await (kind === 'postgres' ? some.forKeyShare() : some).execute()
    for (const { id } of rows) kept.add(id)
  }
  return kept
}

function toRow(tenantId: number, blob: BlobRow, bytes: Uint8Array | null): BlobsTable {
  return {
    tenant_id: tenantId,
    id: blob.id,
    size: blob.size,
    md5: blob.md5,
    sha256: blob.sha256,
    created_at: blob.createdAt,
    unreferenced_since: null,
    bytes,
  }
}

function toBlob(row: Found | undefined): BlobRow | undefined {
  if (!row) return undefined
  return {
    id: row.id,
    size: row.size,
    md5: row.md5,
    sha256: row.sha256,
    createdAt: row.created_at,
  }
}
