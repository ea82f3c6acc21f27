import { type Kysely, sql } from 'kysely'
import type { LinkStore } from '../../core/links/link-store.ts'
import { kindOf } from './engine-handle.ts'
import { prepared } from './prepared.ts'
import type { Database } from './schema.ts'
import { idList, inList, type Scope, statement } from './scope.ts'

type Handle = Kysely<Database>
type Counted = { tenantId: number; list: unknown }

/** Test and change in one statement: of many at once only as many pass as the limits allow. */
const takeUpload = prepared(
  (db: Handle, { tenantId, id, bytes }: { tenantId: number; id: number; bytes: number }) =>
    statement(
      db,
      sql`update links set uploads = uploads + 1, uploaded_bytes = uploaded_bytes + ${bytes}
        where tenant_id = ${tenantId} and id = ${id}
          and (max_files is null or uploads < max_files)
          and (max_bytes is null or uploaded_bytes + ${bytes} <= max_bytes)`,
    ),
)

/** A file that came in through a link. */
const addLinkFile = prepared(
  (db: Handle, row: { tenantId: number; linkId: number; nodeId: number }) =>
    db
      .insertInto('link_files')
      .values({ tenant_id: row.tenantId, link_id: row.linkId, node_id: row.nodeId }),
)

const newest = prepared(
  (db: Handle, { tenantId, id, limit }: { tenantId: number; id: number; limit: number }) =>
    db
      .selectFrom('link_files as f')
      .innerJoin('nodes as n', (join) =>
        join.on('n.tenant_id', '=', tenantId).onRef('n.id', '=', 'f.node_id'),
      )
      .select('f.node_id as id')
      .where('f.tenant_id', '=', tenantId)
      .where('f.link_id', '=', id)
      .where('n.deleted_at', 'is', null)
      .orderBy('f.node_id', 'desc')
      .limit(limit),
)

/** The live files that came in through a link, newest first. */
async function linkFiles({ db, tenantId }: Scope, id: number, limit: number): Promise<number[]> {
  return (await newest(db, { tenantId, id, limit })).rows.map((row) => row.id)
}

const counts = prepared((db: Handle, { tenantId, list }: Counted) =>
  statement(
    db,
    sql<{ link_id: number; count: number }>`select f.link_id, count(*) as count
      from link_files f join nodes n on n.tenant_id = f.tenant_id and n.id = f.node_id
      where f.tenant_id = ${tenantId} and ${inList(kindOf(db), 'f.link_id', list)}
        and n.deleted_at is null
      group by f.link_id`,
  ),
)

/** How many live files came in through these links; none has no entry. */
async function countLinkFiles(
  scope: Scope,
  linkIds: readonly number[],
): Promise<Map<number, number>> {
  if (linkIds.length === 0) return new Map()
  const { db, tenantId } = scope
  const { rows } = await counts(db, { tenantId, list: idList(scope, linkIds) })
  return new Map(rows.map((row) => [row.link_id, Number(row.count)]))
}

/** Removes what is noted of links that are gone. */
async function removeLooseFiles({ db, tenantId }: Scope): Promise<void> {
  await sql`delete from link_files where tenant_id = ${tenantId} and not exists (
    select 1 from links l where l.tenant_id = ${tenantId} and l.id = link_files.link_id
  )`.execute(db)
}

type OfFiles = 'takeUpload' | 'addFile' | 'files' | 'countFiles' | 'removeLooseFiles'

/** What comes in through the links of one tenant. */
export function filesOfLinks(scope: Scope): Pick<LinkStore, OfFiles> {
  const { db, tenantId } = scope
  return {
    async takeUpload(id, bytes) {
      return (await takeUpload(db, { tenantId, id, bytes })).numAffectedRows === 1n
    },
    async addFile(linkId, nodeId) {
      await addLinkFile(db, { tenantId, linkId, nodeId })
    },
    files: (id, limit) => linkFiles(scope, id, limit),
    countFiles: (ids) => countLinkFiles(scope, ids),
    removeLooseFiles: () => removeLooseFiles(scope),
  }
}
