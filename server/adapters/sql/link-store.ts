import { type Kysely, sql } from 'kysely'
import type { Link } from '../../core/links/link.ts'
import type { LinkStore } from '../../core/links/link-store.ts'
import { kindOf } from './engine-handle.ts'
import { ids } from './ids.ts'
import { filesOfLinks } from './link-files.ts'
import { countLinks, pageOfLinks } from './link-pages.ts'
import { changedLinkColumns, toLink, toLinkRow } from './link-rows.ts'
import { prepared } from './prepared.ts'
import type { LinksTable } from './schema/identity.ts'
import type { Database } from './schema.ts'
import { idList, inList, pick, type Scope } from './scope.ts'

type Handle = Kysely<Database>
type One = { tenantId: number; id: number }
type Many = { tenantId: number; list: unknown }

const ofTenant = (db: Handle, tenantId: number) =>
  db.selectFrom('links').selectAll().where('tenant_id', '=', tenantId)

/** Named one by one, since `prepared` gives stand-ins. */
const tableColumns: readonly (keyof LinksTable)[] = [
  'tenant_id',
  'id',
  'kind',
  'takes_uploads',
  'recipient',
  'node_id',
  'name',
  'name_key',
  'sealed_token',
  'digest',
  'password_hash',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
  'expire_at',
  'max_downloads',
  'downloads',
  'notes',
  'internal_notes',
  'show_creator_name',
  'show_creator_user_name',
  'notify_creator',
  'max_bytes',
  'max_files',
  'show_uploaded',
  'files_expiry_days',
  'uploads',
  'uploaded_bytes',
  'keys',
]

const insertRow = prepared((db: Handle, row: LinksTable) =>
  db.insertInto('links').values(pick(row, tableColumns)),
)

const byId = prepared((db: Handle, { tenantId, id }: One) =>
  ofTenant(db, tenantId).where('id', '=', id),
)

const byDigest = prepared(
  (db: Handle, { tenantId, digest }: { tenantId: number; digest: string }) =>
    ofTenant(db, tenantId).where('digest', '=', digest),
)

const byNode = prepared((db: Handle, { tenantId, nodeId }: { tenantId: number; nodeId: number }) =>
  ofTenant(db, tenantId).where('node_id', '=', nodeId).orderBy('id'),
)

const byNodes = prepared((db: Handle, { tenantId, list }: Many) =>
  ofTenant(db, tenantId)
    .where(inList(kindOf(db), 'node_id', list))
    .orderBy('id'),
)

const oldest = prepared((db: Handle, { tenantId, list, now }: Many & { now: number }) =>
  ofTenant(db, tenantId).where(
    'id',
    'in',
    db
      .selectFrom('links')
      .select((eb) => eb.fn.min<number>('id').as('id'))
      .where('tenant_id', '=', tenantId)
      .where(inList(kindOf(db), 'node_id', list))
      .where((eb) => eb.or([eb('expire_at', 'is', null), eb('expire_at', '>', now)]))
      .groupBy('node_id'),
  ),
)

const counts = prepared((db: Handle, { tenantId, list }: Many) =>
  db
    .selectFrom('links')
    .select(['node_id', 'kind'])
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('tenant_id', '=', tenantId)
    .where(inList(kindOf(db), 'node_id', list))
    .groupBy(['node_id', 'kind']),
)

/** Test and change in one statement: of many at once only as many pass as the limit allows. */
const take = prepared((db: Handle, { tenantId, id }: One) =>
  db
    .updateTable('links')
    .set({ downloads: sql`downloads + 1` })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where(sql<boolean>`(max_downloads is null or downloads < max_downloads)`),
)

const setPassword = prepared((db: Handle, { tenantId, id, hash }: One & { hash: string | null }) =>
  db
    .updateTable('links')
    .set({ password_hash: hash })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id),
)

const removeById = prepared((db: Handle, { tenantId, id }: One) =>
  db.deleteFrom('links').where('tenant_id', '=', tenantId).where('id', '=', id),
)

const removeByNodes = prepared((db: Handle, { tenantId, list }: Many) =>
  db
    .deleteFrom('links')
    .where('tenant_id', '=', tenantId)
    .where(inList(kindOf(db), 'node_id', list)),
)

const moveTo = prepared(
  (db: Handle, { tenantId, from, to }: { tenantId: number; from: number; to: number }) =>
    db
      .updateTable('links')
      .set({ node_id: to })
      .where('tenant_id', '=', tenantId)
      .where('node_id', '=', from),
)

/** Links of one tenant. */
export function linkStore(scope: Scope): LinkStore {
  const { db, tenantId } = scope
  return {
    takeId: () => ids.next(db, 'links'),
    async insert(link, digest, passwordHash) {
      await insertRow(db, toLinkRow(tenantId, link, { digest, passwordHash }))
    },
    async update(id, change) {
      const columns = changedLinkColumns(change)
      if (Object.keys(columns).length === 0) return
      await db
        .updateTable('links')
        .set(columns)
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .execute()
    },
    async setPasswordHash(id, hash) {
      await setPassword(db, { tenantId, id, hash })
    },
    async find(id) {
      const row = (await byId(db, { tenantId, id })).rows[0]
      return row && toLink(row)
    },
    async findByDigest(digest) {
      return withHash((await byDigest(db, { tenantId, digest })).rows[0])
    },
    async findWithHash(id) {
      return withHash((await byId(db, { tenantId, id })).rows[0])
    },
    ...onNodes(scope),
    async takeDownload(id) {
      return (await take(db, { tenantId, id })).numAffectedRows === 1n
    },
    ...filesOfLinks(scope),
    count: (filter, now) => countLinks(scope, filter, now),
    page: (filter, sort, page, now) => pageOfLinks(scope, { filter, sort, ...page, now }),
    async remove(id) {
      return (await removeById(db, { tenantId, id })).numAffectedRows === 1n
    },
    async removeOfNodes(nodeIds) {
      if (nodeIds.length === 0) return
      await removeByNodes(db, { tenantId, list: idList(scope, nodeIds) })
    },
    async repoint(from, to) {
      await moveTo(db, { tenantId, from, to })
    },
    async expired(now, limit) {
      const rows = await ofTenant(db, tenantId)
        .where('expire_at', 'is not', null)
        .where('expire_at', '<=', now)
        .orderBy('expire_at')
        .limit(limit)
        .execute()
      return rows.map(toLink)
    },
  }
}

type OnNodes = Pick<LinkStore, 'ofNode' | 'ofNodes' | 'oldestOf' | 'countOf'>

function onNodes(scope: Scope): OnNodes {
  const { db, tenantId } = scope
  return {
    async ofNode(nodeId, kind) {
      const { rows } = await byNode(db, { tenantId, nodeId })
      return rows.map(toLink).filter((link) => kind === undefined || link.kind === kind)
    },
    async ofNodes(nodeIds) {
      if (nodeIds.length === 0) return []
      const { rows } = await byNodes(db, { tenantId, list: idList(scope, nodeIds) })
      return rows.map(toLink)
    },
    async oldestOf(nodeIds, now) {
      if (nodeIds.length === 0) return []
      const { rows } = await oldest(db, { tenantId, list: idList(scope, nodeIds), now })
      return rows.map(toLink)
    },
    countOf: (nodeIds) => countsOf(scope, nodeIds),
  }
}

function withHash(row: LinksTable | undefined) {
  return row && { link: toLink(row), passwordHash: row.password_hash }
}

type Counts = Awaited<ReturnType<LinkStore['countOf']>>

/** Nodes without links have no entry. */
async function countsOf(scope: Scope, nodeIds: readonly number[]): Promise<Counts> {
  const found = new Map<number, readonly [number, number]>()
  if (nodeIds.length === 0) return found
  const list = idList(scope, nodeIds)
  const { rows } = await counts(scope.db, { tenantId: scope.tenantId, list })
  for (const { node_id: nodeId, kind, count } of rows) {
    const [downloads, uploads] = found.get(nodeId) ?? [0, 0]
    const isUpload = (kind as Link['kind']) === 'upload'
    found.set(nodeId, isUpload ? [downloads, count] : [count, uploads])
  }
  return found
}
