import { type RawBuilder, sql } from 'kysely'
import type { Node } from '../../core/nodes/node.ts'
import type { RoomFilter } from '../../core/nodes/node-store.ts'
import { nameKey } from '../../lib/names/name-key.ts'
import { contains } from './contains.ts'
import { isLive, kindCodes, type NodeRow, nodeColumns, toNode } from './node-rows.ts'
import { idList, inList, type Scope } from './scope.ts'

/** Live rooms of the tenant that are nobody's home. */
function wanted(scope: Scope, { nameContains, ids, notIds }: RoomFilter): RawBuilder<unknown> {
  const conditions = [
    sql`n.tenant_id = ${scope.tenantId} and n.kind = ${sql.lit(kindCodes.room)}`,
    sql`n.home_of is null and ${isLive}`,
  ]
  if (nameContains !== undefined) {
    conditions.push(contains(scope.kind, 'n.name_key', nameKey(nameContains)))
  }
  if (ids) conditions.push(inList(scope.kind, 'n.id', idList(scope, ids)))
  if (notIds) conditions.push(sql`not ${inList(scope.kind, 'n.id', idList(scope, notIds))}`)
  return sql.join(conditions, sql` and `)
}

export async function countRooms(scope: Scope, filter: RoomFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from nodes n where ${wanted(scope, filter)}`.execute(scope.db)
  return rows[0]!.count
}

/** By name. */
export async function pageOfRooms(
  scope: Scope,
  filter: RoomFilter,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<Node[]> {
  const { rows } = await sql<NodeRow>`select ${nodeColumns} from nodes n
    where ${wanted(scope, filter)}
    order by n.name_key, n.id limit ${limit} offset ${offset}`.execute(scope.db)
  return rows.map(toNode)
}
