import { type Kysely, sql } from 'kysely'
import type { Access, AccessStore } from '../../core/permissions/access-store.ts'
import type { Permissions } from '../../core/permissions/permission.ts'
import { countLastingAdmins, lastAdminRooms, withoutLastingAdmin } from './administrators.ts'
import { kindOf } from './engine-handle.ts'
import { grantRows } from './grant-rows.ts'
import { childrenOf } from './node-children-of.ts'
import { isLive, kindCodes } from './node-rows.ts'
import { prepared } from './prepared.ts'
import type { AccessTable } from './schema/nodes.ts'
import type { Database } from './schema.ts'
import { idList, inList, type Scope, statement } from './scope.ts'

type Handle = Kysely<Database>
type Held = { boundary_id: number; permissions: number }
type Boundary = { tenantId: number; boundaryId: number }
type Viewer = { tenantId: number; userId: number; now: number }
type Many = Viewer & { list: unknown }

const heldOn = prepared((db: Handle, values: Viewer & { boundaryId: number }) =>
  statement(
    db,
    sql<Held>`select boundary_id, permissions from access
      where tenant_id = ${values.tenantId} and boundary_id = ${values.boundaryId}
        and user_id = ${values.userId} and (expire_at is null or expire_at > ${values.now})`,
  ),
)

const heldOnMany = prepared((db: Handle, values: Many) =>
  statement(
    db,
    sql<Held>`select boundary_id, permissions from access
      where tenant_id = ${values.tenantId} and ${inList(kindOf(db), 'boundary_id', values.list)}
        and user_id = ${values.userId} and (expire_at is null or expire_at > ${values.now})`,
  ),
)

/** The union per key; what has no row has no entry. */
function unionBy<R extends { permissions: number }>(
  rows: readonly R[],
  keyOf: (row: R) => number,
): Map<number, Permissions> {
  const union = new Map<number, Permissions>()
  for (const row of rows) {
    const key = keyOf(row)
    union.set(key, (union.get(key) ?? 0) | row.permissions)
  }
  return union
}

const rowsOn = prepared((db: Handle, { tenantId, boundaryId }: Boundary) =>
  db
    .selectFrom('access')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('boundary_id', '=', boundaryId)
    .orderBy('user_id')
    .orderBy('via_id')
    .orderBy('group_id'),
)

const rowsFor = prepared((db: Handle, { tenantId, list, userId }: Omit<Many, 'now'>) =>
  db
    .selectFrom('access')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where(inList(kindOf(db), 'boundary_id', list))
    .where('user_id', '=', userId)
    .orderBy('boundary_id')
    .orderBy('via_id')
    .orderBy('group_id'),
)

export function toAccess(row: AccessTable): Access {
  return {
    boundaryId: row.boundary_id,
    userId: row.user_id,
    permissions: row.permissions,
    viaId: row.via_id,
    groupId: row.group_id === 0 ? undefined : row.group_id,
    expireAt: row.expire_at,
  }
}

const room = sql.lit(kindCodes.room)

const inheritingBelow = prepared((db: Handle, values: { tenantId: number; roomId: number }) =>
  statement(
    db,
    sql<{ id: number }>`
      with recursive below(id, depth) as (
        select n.id, 0 from nodes n
        where n.tenant_id = ${values.tenantId} and n.id = ${values.roomId} and n.kind = ${room}
          and ${isLive}
        union all
        ${inheritingStep(db, values.tenantId)}
      )
      select id from below order by depth, id`,
  ),
)

/** Rooms right below `b`, and those that stand alone in its folders; PostgreSQL joins once. */
function inheritingStep(db: Handle, tenantId: number) {
  const inherits = sql`n.kind = ${room} and n.inherit = 1`
  const direct = sql`${childrenOf(db, tenantId)} and n.kind_order = 0 and n.outer_id is null`
  if (kindOf(db) === 'sqlite') {
    return sql`select n.id, b.depth + 1 from below b cross join ${direct} and ${inherits}
      union all
      select n.id, b.depth + 1 from below b cross join nodes n
      where n.tenant_id = ${tenantId} and n.outer_id = b.id and ${isLive} and ${inherits}`
  }
  return sql`select r.id, b.depth + 1 from below b cross join lateral (
      select n.id from (select 1) one cross join ${direct} and ${inherits}
      union all
      select n.id from nodes n where n.tenant_id = ${tenantId} and n.outer_id = b.id
        and ${isLive} and ${inherits}
      offset 0
    ) r`
}

const rowsAtOnce = 1000
const keyColumns = ['tenant_id', 'boundary_id', 'user_id', 'via_id', 'group_id'] as const

async function insertAccess({ db, tenantId }: Scope, rows: readonly Access[]): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const values = rows.slice(from, from + rowsAtOnce).map((row) => ({
      tenant_id: tenantId,
      boundary_id: row.boundaryId,
      user_id: row.userId,
      via_id: row.viaId,
      group_id: row.groupId ?? 0,
      permissions: row.permissions,
      expire_at: row.expireAt,
    }))
    await db
      .insertInto('access')
      .values(values)
      .onConflict((conflict) =>
        conflict.columns(keyColumns).doUpdateSet((eb) => ({
          permissions: eb.ref('excluded.permissions'),
          expire_at: eb.ref('excluded.expire_at'),
        })),
      )
      .execute()
  }
}

async function removeAllVia(scope: Scope, viaIds: readonly number[]): Promise<void> {
  if (viaIds.length === 0) return
  await sql`delete from access where tenant_id = ${scope.tenantId}
    and ${inList(scope.kind, 'via_id', idList(scope, viaIds))}`.execute(scope.db)
}

async function removeOfGroup(
  scope: Scope,
  groupId: number,
  userIds: readonly number[] | undefined,
): Promise<void> {
  const { db, kind, tenantId } = scope
  const some = userIds && inList(kind, 'user_id', idList(scope, userIds))
  await sql`delete from access where tenant_id = ${tenantId} and group_id = ${groupId}
    and group_id <> 0 ${some ? sql`and ${some}` : sql``}`.execute(db)
}

type Holder = { readonly userId: number } | { readonly groupId: number }

async function rowsBy({ db, tenantId }: Scope, of: Holder, now: number): Promise<Access[]> {
  const whose =
    'userId' in of ? sql`user_id = ${of.userId}` : sql`group_id = ${of.groupId} and group_id <> 0`
  const { rows } = await sql<AccessTable>`select * from access
    where tenant_id = ${tenantId} and ${whose} and permissions <> 0
      and (expire_at is null or expire_at > ${now})
    order by boundary_id, user_id, via_id, group_id`.execute(db)
  return rows.map(toAccess)
}

const topRooms = prepared((db: Handle, { tenantId, userId, now }: Viewer) =>
  statement(
    db,
    sql<{ id: number }>`select distinct n.id from access a cross join nodes n
      where a.tenant_id = ${tenantId} and a.user_id = ${userId}
        and (a.expire_at is null or a.expire_at > ${now})
        and n.tenant_id = ${tenantId} and n.id = a.boundary_id and n.parent_id = 0
        and n.kind = ${room} and ${isLive}
      order by n.id`,
  ),
)

async function countUsers(
  scope: Scope,
  boundaryIds: readonly number[],
  now: number,
): Promise<Map<number, number>> {
  if (boundaryIds.length === 0) return new Map()
  const list = inList(scope.kind, 'boundary_id', idList(scope, boundaryIds))
  const { rows } = await sql<{ id: number; count: number }>`
    select boundary_id as id, count(distinct user_id) as count from access
    where tenant_id = ${scope.tenantId} and ${list} and permissions <> 0
      and (expire_at is null or expire_at > ${now})
    group by boundary_id`.execute(scope.db)
  return new Map(rows.map(({ id, count }) => [id, count]))
}

const rowsOnMany = prepared((db: Handle, values: Omit<Viewer, 'userId'> & { list: unknown }) =>
  statement(
    db,
    sql<Held & { user_id: number }>`select boundary_id, user_id, permissions from access
      where tenant_id = ${values.tenantId} and ${inList(kindOf(db), 'boundary_id', values.list)}
        and (expire_at is null or expire_at > ${values.now})`,
  ),
)

/** Those around which the user holds something are found by walking down. */
const alone = prepared((db: Handle, { tenantId, userId, now }: Viewer) =>
  statement(
    db,
    sql<{ id: number }>`select distinct n.id from access a cross join nodes n
      where a.tenant_id = ${tenantId} and a.user_id = ${userId}
        and (a.expire_at is null or a.expire_at > ${now})
        and n.tenant_id = ${tenantId} and n.id = a.boundary_id and n.outer_id is not null
        and ${isLive}
        and not exists (select 1 from access o where o.tenant_id = ${tenantId}
          and o.boundary_id = n.outer_id and o.user_id = ${userId} and o.permissions <> 0
          and (o.expire_at is null or o.expire_at > ${now}))
      order by n.id`,
  ),
)

async function usersOfMany(
  scope: Scope,
  boundaryIds: readonly number[],
  now: number,
): Promise<Map<number, Map<number, Permissions>>> {
  if (boundaryIds.length === 0) return new Map()
  const { db, tenantId } = scope
  const { rows } = await rowsOnMany(db, { tenantId, list: idList(scope, boundaryIds), now })
  const byBoundary = Map.groupBy(rows, (row) => row.boundary_id)
  return new Map([...byBoundary].map(([id, held]) => [id, unionBy(held, (row) => row.user_id)]))
}

/** Grants of one tenant and what follows from them. */
export function accessStore(scope: Scope): AccessStore {
  const { db, tenantId } = scope
  const rowsOf = async (boundaryId: number) => (await rowsOn(db, { tenantId, boundaryId })).rows
  return {
    async of(boundaryId, userId, now) {
      const { rows } = await heldOn(db, { tenantId, boundaryId, userId, now })
      return unionBy(rows, (row) => row.boundary_id).get(boundaryId)
    },
    async ofMany(boundaryIds, userId, now) {
      if (boundaryIds.length === 0) return new Map()
      const list = idList(scope, boundaryIds)
      const { rows } = await heldOnMany(db, { tenantId, list, userId, now })
      return unionBy(rows, (row) => row.boundary_id)
    },
    rowsOf: async (boundaryId) => (await rowsOf(boundaryId)).map(toAccess),
    async explain(boundaryIds, userId) {
      if (boundaryIds.length === 0) return []
      const list = idList(scope, boundaryIds)
      return (await rowsFor(db, { tenantId, list, userId })).rows.map(toAccess)
    },
    async usersOf(boundaryId, now) {
      const rows = await rowsOf(boundaryId)
      const inForce = rows.filter(({ expire_at }) => expire_at === null || expire_at > now)
      const held = inForce.filter(({ permissions }) => permissions !== 0)
      return unionBy(held, (row) => row.user_id)
    },
    usersOfMany: (boundaryIds, now) => usersOfMany(scope, boundaryIds, now),
    ...grantRows(scope),
    countUsers: (boundaryIds, now) => countUsers(scope, boundaryIds, now),
    async inheriting(roomId) {
      return (await inheritingBelow(db, { tenantId, roomId })).rows.map(({ id }) => id)
    },
    insert: (rows) => insertAccess(scope, rows),
    async removeVia(viaId, userId) {
      await db
        .deleteFrom('access')
        .where('tenant_id', '=', tenantId)
        .where('via_id', '=', viaId)
        .where('user_id', '=', userId)
        .execute()
    },
    async removeAt(boundaryId) {
      await db
        .deleteFrom('access')
        .where('tenant_id', '=', tenantId)
        .where('boundary_id', '=', boundaryId)
        .execute()
    },
    removeAllVia: (viaIds) => removeAllVia(scope, viaIds),
    removeOfGroup: (groupId, userIds) => removeOfGroup(scope, groupId, userIds),
    async removeOfUser(userId) {
      await db
        .deleteFrom('access')
        .where('tenant_id', '=', tenantId)
        .where('user_id', '=', userId)
        .execute()
    },
    countLastingAdmins: (boundaryId) => countLastingAdmins(scope, boundaryId),
    async aloneFor(userId, now) {
      return (await alone(db, { tenantId, userId, now })).rows.map(({ id }) => id)
    },
    lastAdminRooms: (of) => lastAdminRooms(scope, of),
    rowsBy: (of, now) => rowsBy(scope, of, now),
    withoutLastingAdmin: (roomIds) => withoutLastingAdmin(scope, roomIds),
    async topRoomsOf(userId, now) {
      return (await topRooms(db, { tenantId, userId, now })).rows.map(({ id }) => id)
    },
  }
}
