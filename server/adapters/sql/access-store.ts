import { type Kysely, sql } from 'kysely'
import type { Access, AccessStore, Grant } from '../../core/permissions/access-store.ts'
import { MANAGE, type Permissions } from '../../core/permissions/permission.ts'
import { kindOf } from './engine-handle.ts'
import { childrenOf } from './node-children-of.ts'
import { isLive, kindCodes } from './node-rows.ts'
import { prepared } from './prepared.ts'
import type { AccessTable, GrantsTable } from './schema/nodes.ts'
import type { Database } from './schema.ts'
import { idList, inList, type Scope, statement } from './scope.ts'

type Handle = Kysely<Database>
type Held = { boundary_id: number; permissions: number }
type Boundary = { tenantId: number; boundaryId: number }
type Viewer = { tenantId: number; userId: number; now: number }

const heldOn = prepared((db: Handle, values: Viewer & { boundaryId: number }) =>
  statement(
    db,
    sql<Held>`select boundary_id, permissions from access
      where tenant_id = ${values.tenantId} and boundary_id = ${values.boundaryId}
        and user_id = ${values.userId} and (expire_at is null or expire_at > ${values.now})`,
  ),
)

const heldOnMany = prepared((db: Handle, values: Viewer & { list: unknown }) =>
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
    .orderBy('via_id'),
)

function toAccess(row: AccessTable): Access {
  return {
    boundaryId: row.boundary_id,
    userId: row.user_id,
    permissions: row.permissions,
    viaId: row.via_id,
    expireAt: row.expire_at,
  }
}

const grantsOn = prepared(
  (db: Handle, { tenantId, roomId }: { tenantId: number; roomId: number }) =>
    db
      .selectFrom('grants')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('room_id', '=', roomId)
      .orderBy('user_id'),
)

function toGrant(row: GrantsTable): Grant {
  return {
    roomId: row.room_id,
    userId: row.user_id,
    permissions: row.permissions,
    expireAt: row.expire_at,
  }
}

async function setGrant({ db, tenantId }: Scope, grant: Grant): Promise<void> {
  const { roomId, userId, permissions, expireAt } = grant
  if (permissions === 0) {
    await db
      .deleteFrom('grants')
      .where('tenant_id', '=', tenantId)
      .where('room_id', '=', roomId)
      .where('user_id', '=', userId)
      .execute()
    return
  }
  const value = { permissions, expire_at: expireAt }
  await db
    .insertInto('grants')
    .values({ tenant_id: tenantId, room_id: roomId, user_id: userId, ...value })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'room_id', 'user_id']).doUpdateSet(value),
    )
    .execute()
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

async function insertAccess({ db, tenantId }: Scope, rows: readonly Access[]): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const values = rows.slice(from, from + rowsAtOnce).map((row) => ({
      tenant_id: tenantId,
      boundary_id: row.boundaryId,
      user_id: row.userId,
      via_id: row.viaId,
      permissions: row.permissions,
      expire_at: row.expireAt,
    }))
    await db
      .insertInto('access')
      .values(values)
      .onConflict((conflict) =>
        conflict.columns(['tenant_id', 'boundary_id', 'user_id', 'via_id']).doUpdateSet((eb) => ({
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

async function countLastingAdmins({ db, tenantId }: Scope, boundaryId: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(distinct user_id) as count from access
    where tenant_id = ${tenantId} and boundary_id = ${boundaryId} and expire_at is null
      and (permissions & ${sql.lit(MANAGE)}) <> 0`.execute(db)
  return rows[0]!.count
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
    async explain(boundaryId, userId) {
      return (await rowsOf(boundaryId)).filter((row) => row.user_id === userId).map(toAccess)
    },
    async usersOf(boundaryId, now) {
      const rows = await rowsOf(boundaryId)
      const inForce = rows.filter(({ expire_at }) => expire_at === null || expire_at > now)
      return unionBy(
        inForce.filter(({ permissions }) => permissions !== 0),
        (row) => row.user_id,
      )
    },
    grantsOf: async (roomId) => (await grantsOn(db, { tenantId, roomId })).rows.map(toGrant),
    setGrant: (grant) => setGrant(scope, grant),
    async removeGrants(roomId) {
      await db
        .deleteFrom('grants')
        .where('tenant_id', '=', tenantId)
        .where('room_id', '=', roomId)
        .execute()
    },
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
    countLastingAdmins: (boundaryId) => countLastingAdmins(scope, boundaryId),
    async aloneFor(userId, now) {
      return (await alone(db, { tenantId, userId, now })).rows.map(({ id }) => id)
    },
    async topRoomsOf(userId, now) {
      return (await topRooms(db, { tenantId, userId, now })).rows.map(({ id }) => id)
    },
  }
}
