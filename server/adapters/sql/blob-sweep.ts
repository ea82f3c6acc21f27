import { type Kysely, sql } from 'kysely'
import type { Segment } from '../../core/blobs/blob-row-store.ts'
import { prepared } from './prepared.ts'
import type { Database } from './schema.ts'
import { type Scope, statement } from './scope.ts'

type Handle = Kysely<Database>
type Page = { tenantId: number; afterId: string; limit: number }

const page = prepared((db: Handle, { tenantId, afterId, limit }: Page) =>
  statement(
    db,
    sql<{ id: string; used: number }>`select b.id,
        case when exists (select 1 from versions v
          where v.tenant_id = b.tenant_id and v.blob_id = b.id)
          or exists (select 1 from previews p
          where p.tenant_id = b.tenant_id and p.picture_id = b.id) then 1 else 0 end as used
      from blobs b where b.tenant_id = ${tenantId} and b.id > ${afterId}
      order by b.id limit ${limit}`,
  ),
)

export async function unreferencedAfter(
  { db, tenantId }: Scope,
  afterId: string,
  limit: number,
): Promise<{ ids: string[]; next: string | null }> {
  const { rows } = await page(db, { tenantId, afterId, limit })
  const ids = rows.filter(({ used }) => used === 0).map(({ id }) => id)
  return { ids, next: rows.length < limit ? null : rows.at(-1)!.id }
}

/**
 * Takes the locks in one statement and looks for versions and previews in the next: a statement
 * sees what was committed before it began, so what was written while the lock was waited for is
 * seen. The previews of a blob that goes leave pictures to which nothing refers.
 */
export async function removeUnreferenced(
  { db, kind, tenantId }: Scope,
  ids: readonly string[],
  now: number,
  before: number,
): Promise<{ blobs: number; segments: Segment[] }> {
  if (ids.length === 0) return { blobs: 0, segments: [] }
  const some = db
    .selectFrom('blobs')
    .select(['id', 'unreferenced_since'])
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', ids)
    .orderBy('id')
  const locked = await (kind === 'postgres' ? some.forUpdate().skipLocked() : some).execute()
  const used = await referenced(
    db,
    tenantId,
    locked.map(({ id }) => id),
  )
  const free = locked.filter(({ id }) => !used.has(id))
  const gone = free.filter(
    (row) => row.unreferenced_since !== null && row.unreferenced_since <= before,
  )
  const fresh = free.filter((row) => row.unreferenced_since === null)
  await mark(
    db,
    tenantId,
    fresh.map(({ id }) => id),
    now,
  )
  await mark(db, tenantId, [...used], null)
  return {
    blobs: gone.length,
    segments: await remove(
      db,
      tenantId,
      gone.map(({ id }) => id),
    ),
  }
}

async function referenced(
  db: Handle,
  tenantId: number,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const versions = await db
    .selectFrom('versions')
    .select('blob_id')
    .distinct()
    .where('tenant_id', '=', tenantId)
    .where('blob_id', 'in', ids)
    .execute()
  const previews = await db
    .selectFrom('previews')
    .select('picture_id')
    .where('tenant_id', '=', tenantId)
    .where('picture_id', 'in', ids)
    .execute()
  const pictures = previews.flatMap((row) => row.picture_id ?? [])
  return new Set([...versions.map((row) => row.blob_id), ...pictures])
}

async function mark(
  db: Handle,
  tenantId: number,
  ids: readonly string[],
  since: number | null,
): Promise<void> {
  if (ids.length === 0) return
  await db
    .updateTable('blobs')
    .set({ unreferenced_since: since })
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', ids)
    .execute()
}

async function remove(db: Handle, tenantId: number, ids: readonly string[]): Promise<Segment[]> {
  if (ids.length === 0) return []
  const segments = await db
    .deleteFrom('blob_segments')
    .where('tenant_id', '=', tenantId)
    .where('blob_id', 'in', ids)
    .returning(['key', 'size'])
    .execute()
  await db
    .deleteFrom('previews')
    .where('tenant_id', '=', tenantId)
    .where('blob_id', 'in', ids)
    .execute()
  await db.deleteFrom('blobs').where('tenant_id', '=', tenantId).where('id', 'in', ids).execute()
  return segments
}
