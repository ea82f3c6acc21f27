import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely'
import { type ColumnTypes, columnTypes } from '../column-types.ts'
import { ids } from '../ids.ts'

/**
 * What the trash shows and how it is swept; comments and favourites.
 *
 * `has_old` is 1 where a live file may have superseded versions: a hint that only grows, so that
 * the versions in the trash of a room are found without a look at all of its files.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const types = columnTypes(db)
  await db.schema.alterTable('nodes').addColumn('has_old', types.flag).execute()
  for (const [column, type] of [
    ['superseded_by', types.id],
    ['client_modified_at', types.time],
    ['restored_at', types.time],
  ] as const) {
    await db.schema.alterTable('versions').addColumn(column, type).execute()
  }
  await sql`update nodes set has_old = 1 where version_id is not null and exists (
    select 1 from versions v where v.tenant_id = nodes.tenant_id and v.node_id = nodes.id
      and v.superseded_at is not null)`.execute(db)
  await sql`create index nodes_trash on nodes (tenant_id, boundary_id, deleted_at)
    where deleted_at is not null and deleted_with = id`.execute(db)
  await sql`create index nodes_overwritten on nodes (tenant_id, boundary_id, id)
    where has_old = 1 and deleted_at is null`.execute(db)
  await sql`create index nodes_retention on nodes (tenant_id, id)
    where trash_days > 0 and deleted_at is null`.execute(db)
  await ids.create(db, 'comments')
  await createComments(db, types)
  await createFavorites(db, types)
}

const required = (column: ColumnDefinitionBuilder) => column.notNull()

async function createComments(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('comments')
    .addColumn('tenant_id', types.id, required)
    .addColumn('id', types.id, required)
    .addColumn('node_id', types.id, required)
    .addColumn('text', types.text, required)
    .addColumn('tagged_text', types.text, required)
    .addColumn('is_task', types.flag, required)
    .addColumn('due_at', types.time)
    .addColumn('created_at', types.time, required)
    .addColumn('created_by', types.id)
    .addColumn('updated_at', types.time, required)
    .addColumn('updated_by', types.id)
    .addColumn('is_changed', types.flag, required)
    .addColumn('deleted_at', types.time)
    .addPrimaryKeyConstraint('comments_pkey', ['tenant_id', 'id'])
    .modifyEnd(types.tableEnd)
    .execute()
  await sql`create index comments_node on comments (tenant_id, node_id, id)`.execute(db)
  await db.schema
    .createTable('comment_assignees')
    .addColumn('tenant_id', types.id, required)
    .addColumn('comment_id', types.id, required)
    .addColumn('user_id', types.id, required)
    .addColumn('status', types.text, required)
    .addPrimaryKeyConstraint('comment_assignees_pkey', ['tenant_id', 'comment_id', 'user_id'])
    .modifyEnd(types.tableEndByKey)
    .execute()
}

async function createFavorites(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('favorites')
    .addColumn('tenant_id', types.id, required)
    .addColumn('user_id', types.id, required)
    .addColumn('node_id', types.id, required)
    .addColumn('created_at', types.time, required)
    .addPrimaryKeyConstraint('favorites_pkey', ['tenant_id', 'user_id', 'node_id'])
    .modifyEnd(types.tableEndByKey)
    .execute()
  await sql`create index favorites_node on favorites (tenant_id, node_id)`.execute(db)
}
