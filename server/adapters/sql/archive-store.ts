import type {
  ArchiveOrder,
  ArchiveState,
  ArchiveStore,
} from '../../core/downloads/archive-store.ts'
import { ids } from './ids.ts'
import { removeExpired } from './remove-expired.ts'
import type { ArchivesTable } from './schema/feed.ts'
import type { Scope } from './scope.ts'

/** Ordered archives of one tenant. */
export function archiveStore(scope: Scope): ArchiveStore {
  const { db, tenantId } = scope
  const own = () => db.selectFrom('archives').selectAll().where('tenant_id', '=', tenantId)
  return {
    takeId: () => ids.next(db, 'archives'),
    async insert(order, digest) {
      await db
        .insertInto('archives')
        .values(toRow(tenantId, order, digest))
        .execute()
    },
    async findByDigest(digest) {
      const row = await own().where('digest', '=', digest).executeTakeFirst()
      return row && toOrder(row)
    },
    async ofHolder(holder, now, limit) {
      const rows = await own()
        .where('holder', '=', holder)
        .where('expire_at', '>', now)
        .orderBy('id', 'desc')
        .limit(limit)
        .execute()
      return rows.map(toOrder)
    },
    async update(id, { updatedAt, ...facts }) {
      await db
        .updateTable('archives')
        .set({ ...facts, updated_at: updatedAt })
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .execute()
    },
    async remove(id) {
      const gone = db.deleteFrom('archives').where('tenant_id', '=', tenantId).where('id', '=', id)
      await gone.execute()
    },
    removeExpired: (now, limit) => removeExpired(scope, 'archives', now, limit),
  }
}

function toOrder(row: ArchivesTable): ArchiveOrder {
  return {
    id: row.id,
    holder: row.holder,
    nodeIds: JSON.parse(row.node_ids) as number[],
    name: row.name,
    createdAt: row.created_at,
    expireAt: row.expire_at,
    state: row.state as ArchiveState,
    size: row.size,
    sent: row.sent,
    sealedToken: row.sealed_token,
    updatedAt: row.updated_at,
    isBackup: row.is_backup === 1,
  }
}

function toRow(tenantId: number, order: ArchiveOrder, digest: string): ArchivesTable {
  return {
    tenant_id: tenantId,
    id: order.id,
    digest,
    holder: order.holder,
    node_ids: JSON.stringify(order.nodeIds),
    name: order.name,
    created_at: order.createdAt,
    expire_at: order.expireAt,
    state: order.state,
    size: order.size,
    sent: order.sent,
    sealed_token: order.sealedToken,
    updated_at: order.updatedAt,
    is_backup: order.isBackup ? 1 : 0,
  }
}
