import { type RawBuilder, sql } from 'kysely'
import type { FavoriteStore } from '../../core/favorites/favorite-store.ts'
import { seesNode } from './access-conditions.ts'
import { type NodeRow, nodeColumns, toNode } from './node-rows.ts'
import { idList, inList, type Scope } from './scope.ts'

/** The favourites of one tenant's users. */
export function favoriteStore(scope: Scope): FavoriteStore {
  const { db, tenantId } = scope
  return {
    async add(userId, nodeIds, at) {
      const rows = [...new Set(nodeIds)].map((nodeId) => ({
        tenant_id: tenantId,
        user_id: userId,
        node_id: nodeId,
        created_at: at,
      }))
      if (rows.length === 0) return
      await db
        .insertInto('favorites')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },
    async remove(userId, nodeIds) {
      const { numDeletedRows } = await db
        .deleteFrom('favorites')
        .where('tenant_id', '=', tenantId)
        .where('user_id', '=', userId)
        .where(inList(scope.kind, 'node_id', idList(scope, nodeIds)))
        .executeTakeFirst()
      return Number(numDeletedRows)
    },
    async count(userId, now) {
      const { rows } = await sql<{ count: number }>`select count(*) as count
        from ${seenBy(scope, userId, now)}`.execute(db)
      return rows[0]!.count
    },
    async page(userId, now, { offset, limit }) {
      const { rows } = await sql<NodeRow>`select ${nodeColumns} from ${seenBy(scope, userId, now)}
        order by n.kind_order, n.name_key, n.id limit ${limit} offset ${offset}`.execute(db)
      return rows.map(toNode)
    },
  }
}

function seenBy({ tenantId }: Scope, userId: number, now: number): RawBuilder<unknown> {
  return sql`favorites f join nodes n on n.tenant_id = f.tenant_id and n.id = f.node_id
    where f.tenant_id = ${tenantId} and f.user_id = ${userId}
      and coalesce(n.deleted_at, 0) = 0 and (n.expire_at is null or n.expire_at > ${now})
      and ${seesNode(userId, now)}`
}
