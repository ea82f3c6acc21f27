import { type RawBuilder, sql } from 'kysely'
import type { Node } from '../../core/nodes/node.ts'
import type { RoomFilter } from '../../core/nodes/node-store.ts'
import { nameKey } from '../../lib/names/name-key.ts'
import { contains } from './contains.ts'
import { childrenOf } from './node-children-of.ts'
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

/** Walks down from the room, so that its cost does not depend on what else the tenant has. */
export async function endFiles(
  { db, tenantId }: Scope,
  roomId: number,
  seconds: number | null,
): Promise<void> {
  const end =
    seconds === null
      ? sql`null`
      : sql`(select v.created_at + ${sql.lit(seconds * 1000)} from versions v
          where v.tenant_id = nodes.tenant_id and v.node_id = nodes.id and v.id = nodes.version_id)`
  await sql`
    with recursive below(id) as (
      select n.id from nodes n where n.tenant_id = ${tenantId} and n.id = ${roomId}
      union all
      select n.id from below b cross join ${childrenOf(db, tenantId)}
        and n.kind = ${sql.lit(kindCodes.folder)}
    )
    update nodes set expire_at = ${end}
    where tenant_id = ${tenantId} and parent_id in (select id from below)
      and kind = ${sql.lit(kindCodes.file)} and deleted_at is null`.execute(db)
}
