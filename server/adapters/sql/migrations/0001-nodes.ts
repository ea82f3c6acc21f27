import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely'
import { type ColumnTypes, columnTypes } from '../column-types.ts'
import { kindOf } from '../engine-handle.ts'
import { ids } from '../ids.ts'

/**
 * Tenants, nodes with their versions and counters, grants and what follows from them, events.
 *
 * There are no foreign keys: rows of a tree are removed by the statements that know the tree, and
 * the check of the whole database (fsck) looks for what points nowhere. `parent_id` is 0 for top
 * rooms, so that one plain unique index guards their names as well.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const types = columnTypes(db)
  await ids.create(db, 'tenants')
  await ids.create(db, 'nodes')
  await createTenants(db, types)
  await createNodes(db, types)
  await createVersions(db, types)
  await createTallies(db, types)
  await createAccess(db, types)
  await createEvents(db, types)
}

const required = (column: ColumnDefinitionBuilder) => column.notNull()

async function createTenants(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('tenants')
    .addColumn('id', types.id, (column) => column.primaryKey())
    .addColumn('uuid', types.text, required)
    .addColumn('name', types.text, required)
    .addColumn('created_at', types.time, required)
    .addColumn('is_locked', types.flag, required)
    .addColumn('quota', types.number)
    .addColumn('max_users', types.number)
    .addColumn('homes_id', types.id, required)
    .addColumn('language', types.text, required)
    .addColumn('is_default', types.flag, required)
    .modifyEnd(types.tableEnd)
    .execute()
  await sql`create unique index tenants_default on tenants (is_default)
    where is_default = 1`.execute(db)
  await db.schema
    .createTable('tenant_hosts')
    .addColumn('host', types.text, (column) => column.primaryKey().notNull())
    .addColumn('tenant_id', types.id, required)
    .modifyEnd(types.tableEndByKey)
    .execute()
  await db.schema
    .createTable('tenant_bytes')
    .addColumn('tenant_id', types.id, required)
    .addColumn('shard', types.number, required)
    .addColumn('bytes', types.number, required)
    .addPrimaryKeyConstraint('tenant_bytes_pkey', ['tenant_id', 'shard'])
    .modifyEnd(types.tableEndByKey)
    .execute()
}

async function createNodes(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('nodes')
    .addColumn('tenant_id', types.id, required)
    .addColumn('id', types.id, required)
    .addColumn('parent_id', types.id, required)
    .addColumn('kind', types.number, required)
    .addColumn('kind_order', types.number, required)
    .addColumn('name', types.text, required)
    .addColumn('name_key', types.text, required)
    .addColumn('extension', types.text, required)
    .addColumn('boundary_id', types.id, required)
    .addColumn('current_id', types.id, required)
    .addColumn('home_of', types.id)
    .addColumn('target_id', types.id)
    .addColumn('created_at', types.time, required)
    .addColumn('created_by', types.id)
    .addColumn('updated_at', types.time, required)
    .addColumn('updated_by', types.id)
    .addColumn('client_created_at', types.time)
    .addColumn('client_modified_at', types.time)
    .addColumn('notes', types.text)
    .addColumn('classification', types.number)
    .addColumn('expire_at', types.time)
    .addColumn('version_id', types.id)
    .addColumn('blob_id', types.text)
    .addColumn('size', types.number)
    .addColumn('md5', types.text)
    .addColumn('sha256', types.text)
    .addColumn('media_type', types.text)
    .addColumn('inherit', types.flag)
    .addColumn('quota', types.number)
    .addColumn('trash_days', types.number)
    .addColumn('has_activities', types.flag)
    .addColumn('deleted_at', types.time)
    .addColumn('deleted_by', types.id)
    .addColumn('deleted_with', types.id)
    .addPrimaryKeyConstraint('nodes_pkey', ['tenant_id', 'id'])
    .modifyEnd(types.tableEndByKey)
    .execute()
  await indexNodes(db)
}

/**
 * Names and listings look at live nodes only; what is in the trash lies in indexes of its own. The
 * index of listings holds all that counting and skipping to a far page look at (SQLite wants the
 * column of the index's own condition in it, too). On SQLite, where a long statement holds up
 * everything, it also holds what the usual sorts look at.
 */
async function indexNodes(db: Kysely<unknown>): Promise<void> {
  await sql`create unique index nodes_live_name on nodes (tenant_id, parent_id, name_key)
    where deleted_at is null`.execute(db)
  const sorted = kindOf(db) === 'sqlite' ? sql`, created_at, updated_at, size` : sql``
  await sql`create index nodes_listing on nodes (tenant_id, parent_id, kind_order, name_key, id,
    kind, target_id, expire_at, deleted_at${sorted}) where deleted_at is null`.execute(db)
  await sql`create index nodes_deleted on nodes (tenant_id, parent_id, kind_order, name_key, id)
    where deleted_at is not null`.execute(db)
  await sql`create index nodes_deleted_room on nodes (tenant_id, boundary_id, deleted_at)
    where deleted_at is not null`.execute(db)
  await sql`create index nodes_deleted_with on nodes (tenant_id, deleted_with)
    where deleted_with is not null`.execute(db)
  await sql`create index nodes_mounts_of_home on nodes (tenant_id, boundary_id)
    where target_id is not null`.execute(db)
  await sql`create index nodes_mounts_to_room on nodes (tenant_id, target_id)
    where target_id is not null`.execute(db)
  await sql`create index nodes_homes on nodes (tenant_id, home_of)
    where home_of is not null`.execute(db)
  await sql`create index nodes_expiry on nodes (tenant_id, expire_at)
    where expire_at is not null and deleted_at is null`.execute(db)
  await sql`create index nodes_expiring_children on nodes (tenant_id, parent_id, expire_at)
    where expire_at is not null and deleted_at is null`.execute(db)
}

/** A first version has the id of its node, so only later ones need an index to be found by id. */
async function createVersions(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('versions')
    .addColumn('tenant_id', types.id, required)
    .addColumn('id', types.id, required)
    .addColumn('node_id', types.id, required)
    .addColumn('blob_id', types.text, required)
    .addColumn('size', types.number, required)
    .addColumn('md5', types.text)
    .addColumn('sha256', types.text)
    .addColumn('media_type', types.text, required)
    .addColumn('created_at', types.time, required)
    .addColumn('created_by', types.id)
    .addColumn('superseded_at', types.time)
    .addPrimaryKeyConstraint('versions_pkey', ['tenant_id', 'node_id', 'id'])
    .modifyEnd(types.tableEndByKey)
    .execute()
  await sql`create unique index versions_later on versions (tenant_id, id)
    where id <> node_id`.execute(db)
  await sql`create index versions_blob on versions (tenant_id, blob_id)`.execute(db)
}

async function createTallies(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('tallies')
    .addColumn('tenant_id', types.id, required)
    .addColumn('node_id', types.id, required)
    .addColumn('shard', types.number, required)
    .addColumn('rooms', types.number, required)
    .addColumn('folders', types.number, required)
    .addColumn('files', types.number, required)
    .addColumn('size', types.number, required)
    .addColumn('revision', types.number, required)
    .addColumn('listing', types.number, required)
    .addColumn('changed_at', types.time, required)
    .addPrimaryKeyConstraint('tallies_pkey', ['tenant_id', 'node_id', 'shard'])
    .modifyEnd(types.tableEndByKey)
    .execute()
}

async function createAccess(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('grants')
    .addColumn('tenant_id', types.id, required)
    .addColumn('room_id', types.id, required)
    .addColumn('user_id', types.id, required)
    .addColumn('permissions', types.number, required)
    .addColumn('expire_at', types.time)
    .addPrimaryKeyConstraint('grants_pkey', ['tenant_id', 'room_id', 'user_id'])
    .modifyEnd(types.tableEndByKey)
    .execute()
  await sql`create index grants_user on grants (tenant_id, user_id)`.execute(db)
  await db.schema
    .createTable('access')
    .addColumn('tenant_id', types.id, required)
    .addColumn('boundary_id', types.id, required)
    .addColumn('user_id', types.id, required)
    .addColumn('via_id', types.id, required)
    .addColumn('permissions', types.number, required)
    .addColumn('expire_at', types.time)
    .addPrimaryKeyConstraint('access_pkey', ['tenant_id', 'boundary_id', 'user_id', 'via_id'])
    .modifyEnd(types.tableEndByKey)
    .execute()
  await sql`create index access_user on access (tenant_id, user_id, boundary_id)`.execute(db)
  await sql`create index access_via on access (tenant_id, via_id, user_id)`.execute(db)
}

/**
 * Readers go on from an event's id, so ids must rise as closely to the order of the commits as they
 * can: on PostgreSQL a sequence that gives out no blocks, on SQLite one more than the newest of the
 * tenant (see event-store.ts).
 */
async function createEvents(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  if (kindOf(db) === 'postgres') {
    await sql`create sequence event_ids as bigint`.execute(db)
    // From here on `last_value` is the last number that was given, not the first that will be.
    await sql`select nextval('event_ids')`.execute(db)
  }
  await db.schema
    .createTable('events')
    .addColumn('tenant_id', types.id, required)
    .addColumn('id', types.id, required)
    .addColumn('at', types.time, required)
    .addColumn('type', types.text, required)
    .addColumn('actor_id', types.id)
    .addColumn('address', types.text, required)
    .addColumn('user_agent', types.text, required)
    .addColumn('node_id', types.id)
    .addColumn('room_id', types.id)
    .addColumn('node_kind', types.text)
    .addColumn('node_name', types.text)
    .addColumn('subject_id', types.id)
    .addColumn('data', types.json)
    .addPrimaryKeyConstraint('events_pkey', ['tenant_id', 'id'])
    .modifyEnd(types.tableEndByKey)
    .execute()
  await sql`create index events_room on events (tenant_id, room_id, id)
    where room_id is not null`.execute(db)
}
