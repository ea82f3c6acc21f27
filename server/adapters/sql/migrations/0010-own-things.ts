import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely'
import { type ColumnTypes, columnTypes } from '../column-types.ts'
import { ids } from '../ids.ts'

/** Pictures, attributes and subscriptions of users, and webhooks with the rooms that allow them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const types = columnTypes(db)
  await createAvatars(db, types)
  await createAttributes(db, types)
  await createSubscriptions(db, types)
  await createWebhooks(db, types)
}

const required = (column: ColumnDefinitionBuilder) => column.notNull()

async function createAvatars(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema.alterTable('users').addColumn('avatar', types.text).execute()
  await db.schema
    .createTable('avatars')
    .addColumn('tenant_id', types.id, required)
    .addColumn('user_id', types.id, required)
    .addColumn('uuid', types.text, required)
    .addColumn('media_type', types.text, required)
    .addColumn('picture', types.bytes, required)
    .addPrimaryKeyConstraint('avatars_pkey', ['tenant_id', 'user_id'])
    .modifyEnd(types.tableEnd)
    .execute()
}

async function createAttributes(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('user_attributes')
    .addColumn('tenant_id', types.id, required)
    .addColumn('user_id', types.id, required)
    .addColumn('kind', types.text, required)
    .addColumn('key_key', types.text, required)
    .addColumn('key', types.text, required)
    .addColumn('value', types.text, required)
    .addColumn('value_key', types.text, required)
    .addPrimaryKeyConstraint('user_attributes_pkey', ['tenant_id', 'user_id', 'kind', 'key_key'])
    .modifyEnd(types.tableEndByKey)
    .execute()
}

async function createSubscriptions(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  for (const [table, column] of [
    ['node_subscriptions', 'node_id'],
    ['link_subscriptions', 'link_id'],
  ] as const) {
    await db.schema
      .createTable(table)
      .addColumn('tenant_id', types.id, required)
      .addColumn('user_id', types.id, required)
      .addColumn(column, types.id, required)
      .addColumn('created_at', types.time, required)
      .addPrimaryKeyConstraint(`${table}_pkey`, ['tenant_id', 'user_id', column])
      .modifyEnd(types.tableEndByKey)
      .execute()
    await sql`create index ${sql.ref(`${table}_subject`)}
      on ${sql.table(table)} (tenant_id, ${sql.ref(column)})`.execute(db)
  }
}

async function createWebhooks(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await ids.create(db, 'webhooks')
  await db.schema
    .createTable('webhooks')
    .addColumn('tenant_id', types.id, required)
    .addColumn('id', types.id, required)
    .addColumn('name', types.text, required)
    .addColumn('name_key', types.text, required)
    .addColumn('url', types.text, required)
    .addColumn('sealed_secret', types.text)
    .addColumn('is_enabled', types.flag, required)
    .addColumn('event_types', types.json, required)
    .addColumn('expire_at', types.time, required)
    .addColumn('fail_status', types.number)
    .addColumn('created_at', types.time, required)
    .addColumn('created_by', types.id, required)
    .addColumn('updated_at', types.time, required)
    .addColumn('updated_by', types.id, required)
    .addPrimaryKeyConstraint('webhooks_pkey', ['tenant_id', 'id'])
    .modifyEnd(types.tableEnd)
    .execute()
  await db.schema
    .createTable('room_webhooks')
    .addColumn('tenant_id', types.id, required)
    .addColumn('room_id', types.id, required)
    .addColumn('webhook_id', types.id, required)
    .addPrimaryKeyConstraint('room_webhooks_pkey', ['tenant_id', 'room_id', 'webhook_id'])
    .modifyEnd(types.tableEndByKey)
    .execute()
}
