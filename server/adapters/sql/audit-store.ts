import { type RawBuilder, sql } from 'kysely'
import type {
  AuditFilter,
  AuditSort,
  AuditStore,
  Holder,
  HolderFilter,
} from '../../core/audit/audit-store.ts'
import { MANAGE } from '../../core/permissions/permission.ts'
import { nameKey } from '../../lib/names/name-key.ts'
import { contains } from './contains.ts'
import { kindCodes, toNode } from './node-rows.ts'
import { idList, inList, type Scope } from './scope.ts'
import { startsWith } from './starts-with.ts'

/** Rooms of one tenant, as who audits reads them. */
export function auditStore(scope: Scope): AuditStore {
  return {
    async countRooms(filter, now) {
      const { count } = await rooms(scope, filter, now)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return Number(count)
    },
    async pageOfRooms(filter, sort, { offset, limit, now }) {
      let query = rooms(scope, filter, now).selectAll('n')
      for (const { by, descending } of sort) {
        query = query.orderBy(sortColumn(scope, by), descending ? 'desc' : 'asc')
      }
      const rows = await query.orderBy('n.id').limit(limit).offset(offset).execute()
      return rows.map(toNode)
    },
    async holders(roomIds, filter, now) {
      if (roomIds.length === 0) return []
      const list = idList(scope, roomIds)
      const { rows } = await sql<HolderRow>`
        select a.boundary_id, a.permissions, u.id, u.user_name, u.first_name, u.last_name
        from access a join users u on u.tenant_id = a.tenant_id and u.id = a.user_id
        where ${inList(scope.kind, 'a.boundary_id', list)} and ${held(scope, filter, now)}
        order by a.boundary_id, u.user_name_key, u.id`.execute(scope.db)
      return folded(rows)
    },
  }
}

type HolderRow = {
  boundary_id: number
  permissions: number
  id: number
  user_name: string
  first_name: string
  last_name: string
}

/** One row for each way in which somebody holds something: together they are what he holds. */
function folded(rows: readonly HolderRow[]): Holder[] {
  const found = new Map<string, Holder>()
  for (const row of rows) {
    const key = `${row.boundary_id} ${row.id}`
    found.set(key, {
      roomId: row.boundary_id,
      userId: row.id,
      userName: row.user_name,
      firstName: row.first_name,
      lastName: row.last_name,
      permissions: row.permissions | (found.get(key)?.permissions ?? 0),
    })
  }
  return [...found.values()]
}

function rooms(scope: Scope, filter: AuditFilter, now: number) {
  const { roomId, parentId, hasActivities, name, holder } = filter
  let query = scope.db
    .selectFrom('nodes as n')
    .where('n.tenant_id', '=', scope.tenantId)
    .where('n.kind', '=', sql.lit(kindCodes.room))
    .where('n.deleted_at', 'is', null)
  if (roomId !== undefined) query = query.where('n.id', '=', roomId)
  if (parentId !== undefined) query = query.where('n.parent_id', '=', parentId ?? 0)
  if (hasActivities !== undefined) {
    query = query.where('n.has_activities', '=', Number(hasActivities))
  }
  for (const one of matches(scope, 'n.name_key', name)) query = query.where(one)
  const { userId, userName, firstName, lastName, manages } = holder ?? {}
  const asked = [userId, userName, firstName, lastName, manages]
  if (holder && asked.some((value) => value !== undefined)) {
    query = query.where(sql<boolean>`exists (select 1 from access a
      join users u on u.tenant_id = a.tenant_id and u.id = a.user_id
      where a.boundary_id = n.id and ${held(scope, holder, now)})`)
  }
  return query
}

/** Of `access a` and `users u`: something is held, by somebody for whom the filter holds. */
function held(scope: Scope, filter: HolderFilter, now: number): RawBuilder<boolean> {
  const conditions = [
    sql`a.tenant_id = ${scope.tenantId} and a.permissions <> 0
      and (a.expire_at is null or a.expire_at > ${now})`,
  ]
  if (filter.userId !== undefined) conditions.push(sql`u.id = ${filter.userId}`)
  if (filter.manages !== undefined) {
    const sign = filter.manages ? sql`<>` : sql`=`
    conditions.push(sql`(a.permissions & ${sql.lit(MANAGE)}) ${sign} 0`)
  }
  const names = [
    ...matches(scope, 'u.user_name_key', filter.userName),
    ...matches(scope, 'u.first_name_key', filter.firstName),
    ...matches(scope, 'u.last_name_key', filter.lastName),
  ]
  if (names.length > 0) conditions.push(sql`(${sql.join(names, sql` or `)})`)
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`
}

function matches(scope: Scope, column: string, text: AuditFilter['name']): RawBuilder<boolean>[] {
  const { contains: part, equals, starts } = text ?? {}
  return [
    ...(part === undefined ? [] : [contains(scope.kind, column, nameKey(part))]),
    ...(equals === undefined ? [] : [sql<boolean>`${sql.ref(column)} = ${nameKey(equals)}`]),
    ...(starts === undefined ? [] : [startsWith(scope.kind, column, nameKey(starts))]),
  ]
}

function sortColumn({ tenantId }: Scope, by: AuditSort['by']): RawBuilder<unknown> {
  const columns = {
    id: sql`n.id`,
    name: sql`n.name_key`,
    parentId: sql`n.parent_id`,
    quota: sql`coalesce(n.quota, 0)`,
    size: sql`(select coalesce(sum(t.size), 0) from tallies t
      where t.tenant_id = ${tenantId} and t.node_id = n.id)`,
  }
  return columns[by]
}
