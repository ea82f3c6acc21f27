import type { Kysely } from 'kysely'
import type { Export, ExportStore } from '../../core/exports/export-store.ts'
import { ids } from './ids.ts'
import { prepared } from './prepared.ts'
import type { ExportsTable } from './schema/identity.ts'
import type { Database } from './schema.ts'
import { pick, type Scope } from './scope.ts'

type Handle = Kysely<Database>
type One = { tenantId: number; id: number }

const by = (column: 'id' | 'node_id' | 'created_by') =>
  prepared((db: Handle, { tenantId, id }: One) =>
    db
      .selectFrom('exports')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where(column, '=', id)
      .orderBy('id'),
  )

const byId = by('id')
const byNode = by('node_id')
const byCreator = by('created_by')

const byDigest = prepared(
  (db: Handle, { tenantId, digest }: { tenantId: number; digest: string }) =>
    db
      .selectFrom('exports')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('digest', '=', digest),
)

/** Named one by one, since `prepared` gives stand-ins. */
const tableColumns: readonly (keyof ExportsTable)[] = [
  'tenant_id',
  'id',
  'node_id',
  'permissions',
  'created_at',
  'created_by',
  'expire_at',
  'label',
  'sealed_token',
  'digest',
]

const insertRow = prepared((db: Handle, row: ExportsTable) =>
  db.insertInto('exports').values(pick(row, tableColumns)),
)

const removeById = prepared((db: Handle, { tenantId, id }: One) =>
  db.deleteFrom('exports').where('tenant_id', '=', tenantId).where('id', '=', id),
)

/** Export tokens of one tenant. */
export function exportStore({ db, tenantId }: Scope): ExportStore {
  return {
    takeId: () => ids.next(db, 'exports'),
    async insert(token, digest) {
      await insertRow(db, toRow(tenantId, token, digest))
    },
    async findByDigest(digest) {
      const row = (await byDigest(db, { tenantId, digest })).rows[0]
      return row && toExport(row)
    },
    async find(id) {
      const row = (await byId(db, { tenantId, id })).rows[0]
      return row && toExport(row)
    },
    async ofNode(id) {
      return (await byNode(db, { tenantId, id })).rows.map(toExport)
    },
    async ofCreator(id) {
      return (await byCreator(db, { tenantId, id })).rows.map(toExport)
    },
    async remove(id) {
      await removeById(db, { tenantId, id })
    },
    async removeExpired(now, limit) {
      const { numDeletedRows } = await db
        .deleteFrom('exports')
        .where('tenant_id', '=', tenantId)
        .where('id', 'in', (eb) =>
          eb
            .selectFrom('exports')
            .select('id')
            .where('tenant_id', '=', tenantId)
            .where('expire_at', 'is not', null)
            .where('expire_at', '<=', now)
            .orderBy('expire_at')
            .limit(limit),
        )
        .executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    },
  }
}

function toExport(row: ExportsTable): Export {
  return {
    id: row.id,
    nodeId: row.node_id,
    permissions: row.permissions,
    createdAt: row.created_at,
    createdBy: row.created_by,
    expireAt: row.expire_at,
    label: row.label,
    sealedToken: row.sealed_token,
  }
}

function toRow(tenantId: number, token: Export, digest: string): ExportsTable {
  return {
    tenant_id: tenantId,
    id: token.id,
    node_id: token.nodeId,
    permissions: token.permissions,
    created_at: token.createdAt,
    created_by: token.createdBy,
    expire_at: token.expireAt,
    label: token.label,
    sealed_token: token.sealedToken,
    digest,
  }
}
