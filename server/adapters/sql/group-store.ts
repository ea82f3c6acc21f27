import { type SelectQueryBuilder, sql } from 'kysely'
import { fault } from '../../core/fault.ts'
import type { Group } from '../../core/groups/group.ts'
import type {
  GroupChange,
  GroupFilter,
  GroupSort,
  GroupStore,
} from '../../core/groups/group-store.ts'
import { nameKey } from '../../lib/names/name-key.ts'
import { attempt } from './attempt.ts'
import { violatesUnique } from './constraint-of.ts'
import { contains } from './contains.ts'
import { groupRoles } from './group-roles.ts'
import { ids } from './ids.ts'
import type { GroupsTable } from './schema/groups.ts'
import type { Database } from './schema.ts'
import { idList, inList, type Scope } from './scope.ts'

function toGroup(row: GroupsTable): Group {
  return {
    id: row.id,
    name: row.name,
    roles: row.roles,
    expireAt: row.expire_at,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  }
}

/** Groups of one tenant and who is in them. */
export function groupStore(scope: Scope): GroupStore {
  const { db, tenantId } = scope
  const ofTenant = () => db.selectFrom('groups').selectAll().where('tenant_id', '=', tenantId)
  return {
    takeId: () => ids.next(db, 'groups'),
    insert: (group) => insert(scope, group),
    update: (id, change) => update(scope, id, change),
    remove: (id) => remove(scope, id),
    async find(id) {
      const row = await ofTenant().where('id', '=', id).executeTakeFirst()
      return row && toGroup(row)
    },
    async findMany(ids) {
      if (ids.length === 0) return []
      const rows = await ofTenant()
        .where(inList(scope.kind, 'id', idList(scope, ids)))
        .orderBy('id')
        .execute()
      return rows.map(toGroup)
    },
    count: (filter) => countGroups(scope, filter),
    page: (filter, sort, page) => pageOfGroups(scope, filter, sort, page),
    sizes: (ids) => sizes(scope, ids),
    async membersOf(id) {
      const rows = await db
        .selectFrom('group_members')
        .select('user_id')
        .where('tenant_id', '=', tenantId)
        .where('group_id', '=', id)
        .orderBy('user_id')
        .execute()
      return rows.map(({ user_id: userId }) => userId)
    },
    addMembers: (id, userIds) => addMembers(scope, id, userIds),
    removeMembers: (id, userIds) => removeMembers(scope, id, userIds),
    async groupsOf(userId) {
      const rows = await db
        .selectFrom('group_members')
        .select('group_id')
        .where('tenant_id', '=', tenantId)
        .where('user_id', '=', userId)
        .orderBy('group_id')
        .execute()
      return rows.map(({ group_id: groupId }) => groupId)
    },
    async rolesOf(userId, now) {
      const { rows } = await sql<{ roles: number }>`
        select ${groupRoles(sql`${tenantId}`, sql`${userId}`, sql`${now}`)} as roles`.execute(db)
      return rows[0]?.roles ?? 0
    },
  }
}

const taken = (): never => fault('exists', 'group', undefined, { field: 'name' })

async function insert({ db, tenantId }: Scope, group: Group): Promise<void> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('groups')
    .values({
      tenant_id: tenantId,
      id: group.id,
      name: group.name,
      name_key: nameKey(group.name),
      roles: group.roles,
      expire_at: group.expireAt,
      created_at: group.createdAt,
      created_by: group.createdBy,
      updated_at: group.updatedAt,
      updated_by: group.updatedBy,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'name_key']).doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows !== 1n) taken()
}

async function update({ db, tenantId }: Scope, id: number, change: GroupChange): Promise<void> {
  const { name, roles, expireAt, updatedAt, updatedBy } = change
  const named = name === undefined ? {} : { name, name_key: nameKey(name) }
  const columns = { roles, expire_at: expireAt, updated_at: updatedAt, updated_by: updatedBy }
  const given = Object.entries(columns).filter(([, value]) => value !== undefined)
  const values: Partial<GroupsTable> = { ...named, ...Object.fromEntries(given) }
  if (Object.keys(values).length === 0) return
  try {
    await attempt(db, (handle) =>
      handle
        .updateTable('groups')
        .set(values)
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .execute(),
    )
  } catch (error) {
    if (!violatesUnique(error, 'groups', ['tenant_id', 'name_key'])) throw error
    taken()
  }
}

async function remove({ db, tenantId }: Scope, id: number): Promise<void> {
  for (const table of ['admissions', 'group_members'] as const) {
    await db
      .deleteFrom(table)
      .where('tenant_id', '=', tenantId)
      .where('group_id', '=', id)
      .execute()
  }
  await db.deleteFrom('groups').where('tenant_id', '=', tenantId).where('id', '=', id).execute()
}

async function sizes(scope: Scope, ids: readonly number[]): Promise<Map<number, number>> {
  if (ids.length === 0) return new Map()
  const rows = await scope.db
    .selectFrom('group_members')
    .select('group_id')
    .select((eb) => eb.fn.countAll<number>().as('members'))
    .where('tenant_id', '=', scope.tenantId)
    .where(inList(scope.kind, 'group_id', idList(scope, ids)))
    .groupBy('group_id')
    .execute()
  return new Map(rows.map(({ group_id: id, members }) => [id, members]))
}

async function addMembers(
  { db, tenantId }: Scope,
  id: number,
  userIds: readonly number[],
): Promise<void> {
  if (userIds.length === 0) return
  await db
    .insertInto('group_members')
    .values(userIds.map((userId) => ({ tenant_id: tenantId, group_id: id, user_id: userId })))
    .onConflict((conflict) => conflict.columns(['tenant_id', 'group_id', 'user_id']).doNothing())
    .execute()
}

/** With the members goes what they wait for by this group. */
async function removeMembers(scope: Scope, id: number, userIds: readonly number[]): Promise<void> {
  if (userIds.length === 0) return
  for (const table of ['admissions', 'group_members'] as const) {
    await scope.db
      .deleteFrom(table)
      .where('tenant_id', '=', scope.tenantId)
      .where('group_id', '=', id)
      .where(inList(scope.kind, 'user_id', idList(scope, userIds)))
      .execute()
  }
}

type Groups = SelectQueryBuilder<Database, 'groups', object>

function filtered(scope: Scope, filter: GroupFilter): Groups {
  const { nameContains, hasRoles, lacksRoles } = filter
  let query: Groups = scope.db.selectFrom('groups').where('tenant_id', '=', scope.tenantId)
  if (nameContains !== undefined) {
    query = query.where(contains(scope.kind, 'name_key', nameKey(nameContains)))
  }
  if (hasRoles !== undefined) query = query.where(roleBits(hasRoles), '=', hasRoles)
  if (lacksRoles !== undefined) query = query.where(roleBits(lacksRoles), '<>', lacksRoles)
  if (filter.ids) query = query.where(inList(scope.kind, 'id', idList(scope, filter.ids)))
  if (filter.notIds) {
    const list = idList(scope, filter.notIds)
    query = query.where((eb) => eb.not(inList(scope.kind, 'id', list)))
  }
  return query
}

const roleBits = (roles: number) => sql<number>`(roles & ${sql.lit(roles)})`

async function countGroups(scope: Scope, filter: GroupFilter): Promise<number> {
  const { count } = await filtered(scope, filter)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

const sortColumns = {
  name: sql`name_key`,
  createdAt: sql`created_at`,
  expireAt: sql`expire_at`,
  members: sql`(select count(*) from group_members m
    where m.tenant_id = groups.tenant_id and m.group_id = groups.id)`,
} as const satisfies Record<GroupSort['by'], unknown>

async function pageOfGroups(
  scope: Scope,
  filter: GroupFilter,
  sort: readonly GroupSort[],
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<Group[]> {
  let query = filtered(scope, filter).selectAll()
  for (const { by, descending } of sort) {
    query = query.orderBy(sortColumns[by], descending ? 'desc' : 'asc')
  }
  const rows = await query.orderBy('id').limit(limit).offset(offset).execute()
  return rows.map(toGroup)
}
