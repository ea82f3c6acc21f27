import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely'
import { type ColumnTypes, columnTypes } from '../column-types.ts'
import { ids } from '../ids.ts'

/**
 * Groups, who is in them, who waits to be let into a room by one; grants of groups. `group_id` is 0
 * where a grant (or what follows from it) is a user's own, `user_id` 0 where a grant is a group's.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const types = columnTypes(db)
  await ids.create(db, 'groups')
  await createGroups(db, types)
  await createMembers(db, types)
  await createAdmissions(db, types)
  await widenGrants(db, types)
  await widenAccess(db, types)
}

const required = (column: ColumnDefinitionBuilder) => column.notNull()

async function createGroups(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('groups')
    .addColumn('tenant_id', types.id, required)
    .addColumn('id', types.id, required)
    .addColumn('name', types.text, required)
    .addColumn('name_key', types.text, required)
    .addColumn('roles', types.number, required)
    .addColumn('expire_at', types.time)
    .addColumn('created_at', types.time, required)
    .addColumn('created_by', types.id)
    .addColumn('updated_at', types.time, required)
    .addColumn('updated_by', types.id)
    .addPrimaryKeyConstraint('groups_pkey', ['tenant_id', 'id'])
    .modifyEnd(types.tableEndByKey)
    .execute()
  await sql`create unique index groups_name on groups (tenant_id, name_key)`.execute(db)
}

async function createMembers(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('group_members')
    .addColumn('tenant_id', types.id, required)
    .addColumn('group_id', types.id, required)
    .addColumn('user_id', types.id, required)
    .addPrimaryKeyConstraint('group_members_pkey', ['tenant_id', 'group_id', 'user_id'])
    .modifyEnd(types.tableEndByKey)
    .execute()
  await sql`create index group_members_user
    on group_members (tenant_id, user_id, group_id)`.execute(db)
}

async function createAdmissions(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('admissions')
    .addColumn('tenant_id', types.id, required)
    .addColumn('room_id', types.id, required)
    .addColumn('group_id', types.id, required)
    .addColumn('user_id', types.id, required)
    .addColumn('is_denied', types.flag, required)
    .addPrimaryKeyConstraint('admissions_pkey', ['tenant_id', 'room_id', 'group_id', 'user_id'])
    .modifyEnd(types.tableEndByKey)
    .execute()
  await sql`create index admissions_member
    on admissions (tenant_id, group_id, user_id)`.execute(db)
}

async function widenGrants(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('grants_wide')
    .addColumn('tenant_id', types.id, required)
    .addColumn('room_id', types.id, required)
    .addColumn('user_id', types.id, required)
    .addColumn('group_id', types.id, required)
    .addColumn('permissions', types.number, required)
    .addColumn('expire_at', types.time)
    .addColumn('admits', types.flag, required)
    .addPrimaryKeyConstraint('grants_subject', ['tenant_id', 'room_id', 'user_id', 'group_id'])
    .modifyEnd(types.tableEndByKey)
    .execute()
  await sql`insert into grants_wide (tenant_id, room_id, user_id, group_id, permissions, expire_at,
      admits)
    select tenant_id, room_id, user_id, 0, permissions, expire_at, 1 from grants`.execute(db)
  await sql`drop table grants`.execute(db)
  await sql`alter table grants_wide rename to grants`.execute(db)
  await sql`create index grants_user on grants (tenant_id, user_id)`.execute(db)
  await sql`create index grants_group on grants (tenant_id, group_id)
    where group_id <> 0`.execute(db)
}

async function widenAccess(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('access_wide')
    .addColumn('tenant_id', types.id, required)
    .addColumn('boundary_id', types.id, required)
    .addColumn('user_id', types.id, required)
    .addColumn('via_id', types.id, required)
    .addColumn('group_id', types.id, required)
    .addColumn('permissions', types.number, required)
    .addColumn('expire_at', types.time)
    .addPrimaryKeyConstraint('access_source', [
      'tenant_id',
      'boundary_id',
      'user_id',
      'via_id',
      'group_id',
    ])
    .modifyEnd(types.tableEndByKey)
    .execute()
  await sql`insert into access_wide (tenant_id, boundary_id, user_id, via_id, group_id, permissions,
      expire_at)
    select tenant_id, boundary_id, user_id, via_id, 0, permissions, expire_at
    from access`.execute(db)
  await sql`drop table access`.execute(db)
  await sql`alter table access_wide rename to access`.execute(db)
  await sql`create index access_user on access (tenant_id, user_id, boundary_id)`.execute(db)
  await sql`create index access_via on access (tenant_id, via_id, user_id)`.execute(db)
  await sql`create index access_group on access (tenant_id, group_id, user_id)
    where group_id <> 0`.execute(db)
}
