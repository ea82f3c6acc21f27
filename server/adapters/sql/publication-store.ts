import type { Publication, PublicationStore } from '../../core/shares/publication.ts'
import type { PublicationsTable } from './schema/shares.ts'
import { idList, inList, type Scope } from './scope.ts'

/** Published folders of one tenant. */
export function publicationStore(scope: Scope): PublicationStore {
  const { db, tenantId } = scope
  const all = () => db.selectFrom('publications').selectAll().where('tenant_id', '=', tenantId)
  return {
    async put({ nodeId, token, name, createdAt, createdBy }) {
      const row = { tenant_id: tenantId, node_id: nodeId, token, name }
      await db
        .insertInto('publications')
        .values({ ...row, created_at: createdAt, created_by: createdBy })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'node_id']).doUpdateSet({ name }))
        .execute()
    },
    async findByToken(token) {
      const row = await all().where('token', '=', token).executeTakeFirst()
      return row && toPublication(row)
    },
    async ofNodes(nodeIds) {
      if (nodeIds.length === 0) return new Map()
      const rows = await all()
        .where(inList(scope.kind, 'node_id', idList(scope, nodeIds)))
        .execute()
      return new Map(rows.map((row) => [row.node_id, toPublication(row)]))
    },
    async count() {
      const row = await db
        .selectFrom('publications')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('tenant_id', '=', tenantId)
        .executeTakeFirstOrThrow()
      return row.count
    },
    async page({ offset, limit }) {
      const rows = all().orderBy('name').orderBy('node_id').offset(offset).limit(limit)
      return (await rows.execute()).map(toPublication)
    },
    async remove(nodeId) {
      const removed = db
        .deleteFrom('publications')
        .where('tenant_id', '=', tenantId)
        .where('node_id', '=', nodeId)
      return (await removed.executeTakeFirst()).numDeletedRows === 1n
    },
  }
}

function toPublication(row: PublicationsTable): Publication {
  return {
    nodeId: row.node_id,
    token: row.token,
    name: row.name,
    createdAt: row.created_at,
    createdBy: row.created_by,
  }
}
