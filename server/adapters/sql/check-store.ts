import { type Kysely, sql } from 'kysely'
import type {
  BlobFacts,
  CheckStore,
  Counts,
  NodeFault,
  VersionFacts,
  VersionPlace,
} from '../../core/check/check-store.ts'
import type { Access } from '../../core/permissions/access-store.ts'
import { toAccess } from './access-store.ts'
import { checkReferences } from './check-references.ts'
import { kindCodes } from './node-rows.ts'
import type { AccessTable } from './schema/nodes.ts'
import type { Database } from './schema.ts'
import type { Scope } from './scope.ts'

const { room, folder, file, mount } = kindCodes
const isContainer = sql`n.kind in (${sql.lit(room)}, ${sql.lit(folder)})`

/** The check's own questions about one tenant. */
export function checkStore(scope: Scope): CheckStore {
  const { db, tenantId } = scope
  return {
    versions: (after, limit) => versions(scope, after, limit),
    blobs: (after, limit) => blobs(scope, after, limit),
    partSegments: (after, limit) =>
      db
        .selectFrom('upload_parts')
        .select((eb) => [eb.ref('key').$notNull().as('key'), 'size'])
        .where('tenant_id', '=', tenantId)
        .where('key', 'is not', null)
        .where('key', '>', after)
        .orderBy('key')
        .limit(limit)
        .execute(),
    brokenNodes: (after, limit) => brokenNodes(scope, after, limit),
    doubtfulTallies: (after, limit) => doubtfulTallies(scope, after, limit),
    recount: (id) => recount(scope, id),
    correctTally: (id, by, at) => correctTally(scope, id, by, at),
    countBytes: () => countBytes(scope),
    async rooms(after, limit) {
      const rows = await db
        .selectFrom('nodes')
        .select('id')
        .where('tenant_id', '=', tenantId)
        .where('kind', '=', room)
        .where('deleted_at', 'is', null)
        .where('id', '>', after)
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map(({ id }) => id)
    },
    async accessVia(roomId) {
      const rows = db.selectFrom('access').selectAll().where('tenant_id', '=', tenantId)
      return (await rows.where('via_id', '=', roomId).execute()).map(toAccess)
    },
    strayAccess: (limit) => strayAccess(scope, limit),
    ...checkReferences(scope),
  }
}

async function versions(
  { db, tenantId }: Scope,
  after: VersionPlace,
  limit: number,
): Promise<VersionFacts[]> {
  const rows = await db
    .selectFrom('versions as v')
    .leftJoin('blobs as b', (join) =>
      join.onRef('b.tenant_id', '=', 'v.tenant_id').onRef('b.id', '=', 'v.blob_id'),
    )
    .select(['v.id', 'v.node_id', 'v.blob_id', 'v.size', 'v.md5', 'v.sha256'])
    .select(['b.size as blob_size', 'b.md5 as blob_md5'])
    .where('v.tenant_id', '=', tenantId)
    .where(sql<boolean>`(v.node_id, v.id) > (${after.nodeId}, ${after.id})`)
    .orderBy('v.node_id')
    .orderBy('v.id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    nodeId: row.node_id,
    blobId: row.blob_id,
    size: row.size,
    md5: row.md5,
    sha256: row.sha256,
    blob: row.blob_size === null ? null : { size: row.blob_size, md5: row.blob_md5 },
  }))
}

async function blobs({ db, tenantId }: Scope, after: string, limit: number): Promise<BlobFacts[]> {
  const rows = await db
    .selectFrom('blobs')
    .select(['id', 'size', 'md5', 'sha256'])
    .select(sql<number | null>`length(bytes)`.as('row_bytes'))
    .where('tenant_id', '=', tenantId)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(({ row_bytes: rowBytes, ...blob }) => ({ ...blob, rowBytes }))
}

type Looked = { id: number; fault: NodeFault | null }

/** Parents, rooms and versions of live nodes; mounts lie in homes and have no bytes. */
async function brokenNodes({ db, tenantId }: Scope, after: number, limit: number) {
  const { rows } = await sql<Looked>`
    select n.id, case
      when n.parent_id <> 0 and (p.id is null or p.deleted_at is not null
        or p.kind in (${sql.lit(file)}, ${sql.lit(mount)})) then 'no-parent'
      when b.id is null or b.deleted_at is not null or b.kind <> ${sql.lit(room)} then 'no-boundary'
      when n.kind = ${sql.lit(room)} and coalesce(n.outer_id, p.boundary_id) <> p.boundary_id
        then 'no-boundary'
      when n.kind = ${sql.lit(room)} and n.outer_id is null and p.kind = ${sql.lit(folder)}
        then 'no-boundary'
      when n.kind = ${sql.lit(file)} and (v.id is null or v.superseded_at is not null
        or v.blob_id <> n.blob_id or v.size <> n.size or n.current_id <> v.id) then 'no-version'
      when n.kind = ${sql.lit(mount)} and (t.id is null or t.deleted_at is not null)
        then 'no-target'
      end as fault
    from nodes n
    left join nodes p on p.tenant_id = n.tenant_id and p.id = n.parent_id
    left join nodes b on b.tenant_id = n.tenant_id and b.id = n.boundary_id
    left join versions v on v.tenant_id = n.tenant_id and v.node_id = n.id and v.id = n.version_id
    left join nodes t on t.tenant_id = n.tenant_id and t.id = n.target_id
    where n.tenant_id = ${tenantId} and n.id > ${after} and n.deleted_at is null
    order by n.id limit ${limit}`.execute(db)
  const nodes = rows.flatMap(({ id, fault }) => (fault === null ? [] : [{ id, fault }]))
  return { nodes, next: rows.length < limit ? null : rows.at(-1)!.id }
}

async function doubtfulTallies({ db, tenantId }: Scope, after: number, limit: number) {
  const { rows } = await sql<{ id: number; differs: number }>`
    with page as (
      select n.id from nodes n where n.tenant_id = ${tenantId} and n.id > ${after}
        and n.deleted_at is null and ${isContainer} order by n.id limit ${limit}),
    kept as (
      select t.node_id, sum(t.rooms) as rooms, sum(t.folders) as folders, sum(t.files) as files,
        sum(t.size) as size from tallies t
      where t.tenant_id = ${tenantId} and (t.node_id in (select id from page)
        or t.node_id in (select n.id from nodes n where n.tenant_id = ${tenantId}
          and n.deleted_at is null and ${isContainer} and n.parent_id in (select id from page)))
      group by t.node_id),
    found as (
      select n.parent_id,
        sum(case when n.kind = ${sql.lit(room)} then 1 else 0 end) as rooms,
        sum(case when n.kind = ${sql.lit(folder)} then 1 else 0 end) as folders,
        sum(case when n.kind = ${sql.lit(file)} then 1 else 0 end) as files,
        sum(case when n.kind = ${sql.lit(file)} then n.size else coalesce(k.size, 0) end) as size
      from nodes n left join kept k on k.node_id = n.id
      where n.tenant_id = ${tenantId} and n.deleted_at is null
        and n.parent_id in (select id from page)
      group by n.parent_id)
    select page.id, case when coalesce(k.rooms, 0) = coalesce(f.rooms, 0)
        and coalesce(k.folders, 0) = coalesce(f.folders, 0)
        and coalesce(k.files, 0) = coalesce(f.files, 0)
        and coalesce(k.size, 0) = coalesce(f.size, 0) then 0 else 1 end as differs
    from page left join kept k on k.node_id = page.id left join found f on f.parent_id = page.id
    order by page.id`.execute(db)
  const ids = rows.filter(({ differs }) => differs === 1).map(({ id }) => id)
  return { ids, next: rows.length < limit ? null : rows.at(-1)!.id }
}

async function recount({ db, tenantId }: Scope, id: number): Promise<Counts> {
  const { rows } = await sql<Counts>`
    with recursive below (id, parent_id, kind, size) as (
      select n.id, n.parent_id, n.kind, n.size from nodes n
        where n.tenant_id = ${tenantId} and n.parent_id = ${id} and n.deleted_at is null
      union all
      select n.id, n.parent_id, n.kind, n.size from nodes n
        join below on n.parent_id = below.id
        where n.tenant_id = ${tenantId} and n.deleted_at is null)
    select
      coalesce(sum(case when parent_id = ${id} and kind = ${sql.lit(room)} then 1 else 0 end), 0)
        as rooms,
      coalesce(sum(case when parent_id = ${id} and kind = ${sql.lit(folder)} then 1 else 0 end), 0)
        as folders,
      coalesce(sum(case when parent_id = ${id} and kind = ${sql.lit(file)} then 1 else 0 end), 0)
        as files,
      coalesce(sum(size), 0) as size
    from below`.execute(db)
  return rows[0]!
}

async function correctTally(
  { db, tenantId }: Scope,
  id: number,
  by: Counts,
  at: number,
): Promise<void> {
  await sql`insert into tallies
      (tenant_id, node_id, shard, rooms, folders, files, size, revision, listing, changed_at)
    values (${tenantId}, ${id}, 0, ${by.rooms}, ${by.folders}, ${by.files}, ${by.size}, 1, 1, ${at})
    on conflict (tenant_id, node_id, shard) do update set
      rooms = tallies.rooms + excluded.rooms, folders = tallies.folders + excluded.folders,
      files = tallies.files + excluded.files, size = tallies.size + excluded.size,
      revision = tallies.revision + 1, listing = tallies.listing + 1`.execute(db)
}

async function countBytes({ db, tenantId }: Scope): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`
    select coalesce((select sum(size) from versions where tenant_id = ${tenantId}), 0)
      + coalesce((select sum(reserved) from uploads where tenant_id = ${tenantId}), 0)
      as bytes`.execute(db)
  return rows[0]!.bytes
}

async function strayAccess({ db, tenantId }: Scope, limit: number): Promise<Access[]> {
  const { rows } = await sql<AccessTable>`
    select a.* from access a
    left join nodes n on n.tenant_id = a.tenant_id and n.id = a.via_id
      and n.kind = ${sql.lit(room)} and n.deleted_at is null
    where a.tenant_id = ${tenantId} and n.id is null limit ${limit}`.execute(db as Kysely<Database>)
  return rows.map(toAccess)
}
