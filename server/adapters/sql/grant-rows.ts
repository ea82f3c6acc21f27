import { type Kysely, sql } from 'kysely'
import type {
  AccessStore,
  Grant,
  GroupGrant,
  Holding,
  UserGrant,
} from '../../core/permissions/access-store.ts'
import { flag } from './column-types.ts'
import { isLive } from './node-rows.ts'
import { prepared } from './prepared.ts'
import type { GrantsTable } from './schema/nodes.ts'
import type { Database } from './schema.ts'
import { idList, inList, type Scope, statement } from './scope.ts'

type Handle = Kysely<Database>
type Some = { tenantId: number; id: number }

type By = 'room_id' | 'user_id' | 'group_id'

/** Whose grants; the condition on groups is that of their index. */
const whose = (column: By, { tenantId, id }: Some) => {
  const given = column === 'group_id' ? sql`and group_id <> 0` : sql``
  return sql`where tenant_id = ${tenantId} and ${sql.ref(column)} = ${id} ${given}`
}

const grantsBy = (column: By) =>
  prepared((db: Handle, some: Some) =>
    statement(
      db,
      sql<GrantsTable>`select * from grants ${whose(column, some)}
        order by group_id, user_id, room_id`,
    ),
  )

const ofRoom = grantsBy('room_id')
const ofUser = grantsBy('user_id')
const ofGroup = grantsBy('group_id')

function toUserGrant(row: GrantsTable): UserGrant {
  const { room_id: roomId, user_id: userId, permissions, expire_at: expireAt } = row
  return { roomId, userId, permissions, expireAt }
}

function toGroupGrant(row: GrantsTable): GroupGrant {
  const { room_id: roomId, group_id: groupId, permissions, expire_at: expireAt } = row
  return { roomId, groupId, permissions, expireAt, admits: row.admits === 1 }
}

const toGrant = (row: GrantsTable): Grant =>
  row.group_id === 0 ? toUserGrant(row) : toGroupGrant(row)

async function setGrant({ db, tenantId }: Scope, grant: Grant): Promise<void> {
  const { roomId, userId = 0, groupId = 0, permissions, expireAt } = grant
  if (permissions === 0) {
    await db
      .deleteFrom('grants')
      .where('tenant_id', '=', tenantId)
      .where('room_id', '=', roomId)
      .where('user_id', '=', userId)
      .where('group_id', '=', groupId)
      .execute()
    return
  }
  const admits = flag(grant.groupId === undefined || grant.admits)
  const value = { permissions, expire_at: expireAt, admits }
  const key = { tenant_id: tenantId, room_id: roomId, user_id: userId, group_id: groupId }
  await db
    .insertInto('grants')
    .values({ ...key, ...value })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'room_id', 'user_id', 'group_id']).doUpdateSet(value),
    )
    .execute()
}

type HoldingRow = Pick<GrantsTable, 'room_id' | 'user_id' | 'group_id' | 'permissions'> & {
  expire_at: number | null
}

/** Grants `g` of groups as their members hold them; who waits or was denied holds nothing. */
const byMembership = sql`select g.room_id, m.user_id, g.group_id, g.permissions,
    case when g.expire_at is null or s.expire_at < g.expire_at
      then s.expire_at else g.expire_at end as expire_at
  from grants g
  join groups s on s.tenant_id = g.tenant_id and s.id = g.group_id
  join group_members m on m.tenant_id = g.tenant_id and m.group_id = g.group_id
  where not exists (select 1 from admissions w where w.tenant_id = g.tenant_id
    and w.room_id = g.room_id and w.group_id = g.group_id and w.user_id = m.user_id)`

const holdingsOf = prepared((db: Handle, { tenantId, id }: Some) =>
  statement(
    db,
    sql<HoldingRow>`select room_id, user_id, group_id, permissions, expire_at from grants
        where tenant_id = ${tenantId} and room_id = ${id} and group_id = 0
      union all ${byMembership} and g.tenant_id = ${tenantId} and g.room_id = ${id}
        and g.group_id <> 0`,
  ),
)

async function holdingsIn(scope: Scope, roomIds: readonly number[]): Promise<Holding[]> {
  if (roomIds.length === 0) return []
  const { db, kind, tenantId } = scope
  const list = idList(scope, roomIds)
  const { rows } = await sql<HoldingRow>`
    select room_id, user_id, group_id, permissions, expire_at from grants
      where tenant_id = ${tenantId} and ${inList(kind, 'room_id', list)} and group_id = 0
    union all ${byMembership} and g.tenant_id = ${tenantId}
      and ${inList(kind, 'g.room_id', list)} and g.group_id <> 0
    order by room_id, user_id, group_id`.execute(db)
  return rows.map(toHolding)
}

async function holdingsOfMembers(
  scope: Scope,
  groupId: number,
  userIds: readonly number[],
): Promise<Holding[]> {
  if (userIds.length === 0) return []
  const { rows } = await sql<HoldingRow>`${byMembership} and g.tenant_id = ${scope.tenantId}
    and g.group_id = ${groupId} and g.group_id <> 0
    and ${inList(scope.kind, 'm.user_id', idList(scope, userIds))}`.execute(scope.db)
  return rows.map(toHolding)
}

function toHolding(row: HoldingRow): Holding {
  return {
    roomId: row.room_id,
    userId: row.user_id,
    groupId: row.group_id === 0 ? undefined : row.group_id,
    permissions: row.permissions,
    expireAt: row.expire_at,
  }
}

async function roomsWithEnded({ db, tenantId }: Scope, now: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select distinct g.room_id as id from grants g
    join nodes n on n.tenant_id = g.tenant_id and n.id = g.room_id
    where g.tenant_id = ${tenantId} and g.expire_at is not null and g.expire_at <= ${now}
      and ${isLive}
    limit 500`.execute(db)
  return rows.map(({ id }) => id)
}

const removal = (column: By) =>
  prepared((db: Handle, some: Some) =>
    statement(db, sql`delete from grants ${whose(column, some)}`),
  )

const removeOfRoom = removal('room_id')
const removeOfUser = removal('user_id')
const removeOfGroup = removal('group_id')

type Grants = Pick<
  AccessStore,
  | 'grantsOf'
  | 'grantsOfUser'
  | 'grantsOfGroup'
  | 'holdingsOf'
  | 'holdingsIn'
  | 'holdingsOfMembers'
  | 'roomsWithEnded'
  | 'setGrant'
  | 'removeGrants'
  | 'removeGrantsOfGroup'
  | 'removeGrantsOfUser'
>

/** The part of the access store that keeps what was given. 0 is nobody's id. */
export function grantRows(scope: Scope): Grants {
  const { db, tenantId } = scope
  return {
    grantsOf: async (roomId) => (await ofRoom(db, { tenantId, id: roomId })).rows.map(toGrant),
    async grantsOfUser(userId) {
      const { rows } = await ofUser(db, { tenantId, id: userId })
      return rows.filter((row) => row.group_id === 0).map(toUserGrant)
    },
    async grantsOfGroup(groupId) {
      const { rows } = await ofGroup(db, { tenantId, id: groupId })
      return rows.map(toGroupGrant)
    },
    async holdingsOf(roomId) {
      return (await holdingsOf(db, { tenantId, id: roomId })).rows.map(toHolding)
    },
    holdingsIn: (roomIds) => holdingsIn(scope, roomIds),
    holdingsOfMembers: (groupId, userIds) => holdingsOfMembers(scope, groupId, userIds),
    roomsWithEnded: (now) => roomsWithEnded(scope, now),
    setGrant: (grant) => setGrant(scope, grant),
    async removeGrants(roomId) {
      await removeOfRoom(db, { tenantId, id: roomId })
    },
    async removeGrantsOfGroup(groupId) {
      await removeOfGroup(db, { tenantId, id: groupId })
    },
    async removeGrantsOfUser(userId) {
      if (userId !== 0) await removeOfUser(db, { tenantId, id: userId })
    },
  }
}
