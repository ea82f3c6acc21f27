import { sql } from 'kysely'
import type { SharedFolder, SharedFoldersQuery } from '../../core/nodes/node-store.ts'
import { ROLE_GUEST } from '../../core/permissions/permission.ts'
import { nameKey } from '../../lib/names/name-key.ts'
import { contains } from './contains.ts'
import { parentOf } from './node-children-of.ts'
import { isLive } from './node-rows.ts'
import type { Scope } from './scope.ts'

/** Shared folders below homes, oldest first: a walk up from each to the home around it. */
export async function sharedFolders(
  { db, tenantId, kind }: Scope,
  { ownerNameContains, offset, limit }: SharedFoldersQuery,
): Promise<SharedFolder[]> {
  const part = nameKey(ownerNameContains ?? '')
  const names = ['u.user_name_key', 'u.first_name_key', 'u.last_name_key']
  const matches = sql.join(
    names.map((column) => contains(kind, column, part)),
    sql` or `,
  )
  const isWanted = ownerNameContains === undefined ? sql`1 = 1` : sql`(${matches})`
  const { rows } = await sql<{ id: number; owner_id: number; is_outside: number }>`
    with recursive above as (
      select n.id as start, n.id, n.parent_id, n.home_of, 0 as depth from nodes n
      where n.tenant_id = ${tenantId} and n.outer_id is not null and ${isLive}
      union all
      select a.start, n.id, n.parent_id, n.home_of, a.depth + 1
      from above a cross join ${parentOf(db, tenantId)} where a.home_of is null and a.depth < 1000
    )
    select a.start as id, a.home_of as owner_id, case when
      exists (select 1 from grants g join users m on m.tenant_id = g.tenant_id
          and m.id = g.user_id and (m.roles & ${sql.lit(ROLE_GUEST)}) <> 0
        where g.tenant_id = ${tenantId} and g.room_id = a.start)
      or exists (select 1 from invitations i left join users m on m.tenant_id = i.tenant_id
          and m.id = i.user_id
        where i.tenant_id = ${tenantId} and i.node_id = a.start and i.kind = 'invitation'
          and (i.user_id is null or i.public_view = 1
            or (m.roles & ${sql.lit(ROLE_GUEST)}) <> 0))
      then 1 else 0 end as is_outside
    from above a join users u on u.tenant_id = ${tenantId} and u.id = a.home_of
    where a.home_of is not null and ${isWanted}
    order by a.start limit ${limit} offset ${offset}`.execute(db)
  return rows.map((row) => ({
    id: row.id,
    ownerId: row.owner_id,
    isOutside: row.is_outside === 1,
  }))
}
