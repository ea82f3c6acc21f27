import { sql } from 'kysely'
import { MANAGE } from '../../core/permissions/permission.ts'
import { isLive, kindCodes } from './node-rows.ts'
import { idList, inList, type Scope } from './scope.ts'

const room = sql.lit(kindCodes.room)

/** Rows of `access` under a name that make somebody an administrator for good. */
const isLasting = (name: 'a' | 'b') => {
  const row = sql.ref(name)
  return sql`${row}.expire_at is null and (${row}.permissions & ${sql.lit(MANAGE)}) <> 0
    and not exists (select 1 from users u where u.tenant_id = ${row}.tenant_id
      and u.id = ${row}.user_id and u.expire_at is not null)`
}

export async function countLastingAdmins(
  { db, tenantId }: Scope,
  boundaryId: number,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct a.user_id) as count from access a
    where a.tenant_id = ${tenantId} and a.boundary_id = ${boundaryId}
      and ${isLasting('a')}`.execute(db)
  return rows[0]!.count
}

export async function withoutLastingAdmin(
  scope: Scope,
  roomIds: readonly number[],
): Promise<number[]> {
  const { db, kind, tenantId } = scope
  if (roomIds.length === 0) return []
  const { rows } = await sql<{ id: number }>`select n.id from nodes n
    where n.tenant_id = ${tenantId} and ${inList(kind, 'n.id', idList(scope, roomIds))}
      and n.kind = ${room} and n.inherit = 0 and ${isLive}
      and not exists (select 1 from access a where a.tenant_id = n.tenant_id
        and a.boundary_id = n.id and ${isLasting('a')})
    order by n.id`.execute(db)
  return rows.map(({ id }) => id)
}

type Whose = { readonly userId: number } | { readonly groupId: number }

/** Rooms that would be left without an administrator who lasts. */
export async function lastAdminRooms(
  { db, tenantId }: Scope,
  of: Whose,
): Promise<{ readonly roomId: number; readonly groupId?: number }[]> {
  const [own, other] =
    'userId' in of
      ? [sql`a.user_id = ${of.userId}`, sql`b.user_id <> ${of.userId}`]
      : [sql`a.group_id = ${of.groupId} and a.group_id <> 0`, sql`b.group_id <> ${of.groupId}`]
  const { rows } = await sql<{ id: number; group_id: number }>`
    select distinct a.boundary_id as id, a.group_id from access a
    join nodes n on n.tenant_id = a.tenant_id and n.id = a.boundary_id
      and n.kind = ${room} and n.inherit = 0 and ${isLive}
    where a.tenant_id = ${tenantId} and ${own} and ${isLasting('a')}
      and not exists (select 1 from access b where b.tenant_id = a.tenant_id
        and b.boundary_id = a.boundary_id and ${other} and ${isLasting('b')})
    order by 1, 2`.execute(db)
  return rows.map((row) => ({
    roomId: row.id,
    groupId: row.group_id === 0 ? undefined : row.group_id,
  }))
}
