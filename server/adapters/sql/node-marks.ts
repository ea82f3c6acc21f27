import { type Kysely, sql } from 'kysely'
import type { Marks } from '../../core/nodes/node-store.ts'
import { kindOf } from './engine-handle.ts'
import { prepared } from './prepared.ts'
import type { Database } from './schema.ts'
import { idList, inList, type Scope, statement } from './scope.ts'

type Handle = Kysely<Database>
type Marking = { tenantId: number; userId: number; list: unknown }
type MarkRow = { node_id: number; comments: number; favorite: number }

const marks = prepared((db: Handle, { tenantId, userId, list }: Marking) =>
  statement(
    db,
    sql<MarkRow>`select c.node_id, count(*) as comments, 0 as favorite from comments c
      where c.tenant_id = ${tenantId} and c.deleted_at is null
        and ${inList(kindOf(db), 'c.node_id', list)}
      group by c.node_id
      union all select f.node_id, 0, 1 from favorites f
      where f.tenant_id = ${tenantId} and f.user_id = ${userId}
        and ${inList(kindOf(db), 'f.node_id', list)}`,
  ),
)

export async function marksOf(
  scope: Scope,
  nodeIds: readonly number[],
  userId: number | null,
): Promise<Map<number, Marks>> {
  const found = new Map<number, Marks>()
  if (nodeIds.length === 0) return found
  const { db, tenantId } = scope
  const list = idList(scope, nodeIds)
  // No user has the id 0.
  for (const row of (await marks(db, { tenantId, userId: userId ?? 0, list })).rows) {
    const { comments, isFavorite } = found.get(row.node_id) ?? { comments: 0, isFavorite: false }
    found.set(row.node_id, {
      comments: comments + row.comments,
      isFavorite: isFavorite || row.favorite === 1,
    })
  }
  return found
}
