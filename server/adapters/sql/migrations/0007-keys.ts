import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely'
import { type ColumnTypes, columnTypes } from '../column-types.ts'
import { ids } from '../ids.ts'

/**
 * Client-side encryption. Every node says which top room's encryption holds for it, so that a
 * listing needs no join; an encrypted link has its keys in its own row and ends with it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const types = columnTypes(db)
  await ids.create(db, 'key_pairs')
  await db.schema.alterTable('nodes').addColumn('encrypted_by', types.id).execute()
  await sql`create index nodes_encrypted on nodes (tenant_id, encrypted_by)
    where encrypted_by is not null`.execute(db)
  await db.schema.alterTable('links').addColumn('keys', types.json).execute()
  await createPairs(db, types)
  await createFileKeys(db, types)
}

const required = (column: ColumnDefinitionBuilder) => column.notNull()

async function createPairs(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('tenant_encryption')
    .addColumn('tenant_id', types.id, (column) => column.primaryKey().notNull())
    .addColumn('enabled_at', types.time, required)
    .addColumn('enabled_by', types.id)
    .modifyEnd(types.tableEnd)
    .execute()
  await db.schema
    .createTable('key_pairs')
    .addColumn('tenant_id', types.id, required)
    .addColumn('id', types.id, required)
    .addColumn('holder_kind', types.text, required)
    .addColumn('holder_id', types.id, required)
    .addColumn('slot', types.number, required)
    .addColumn('public_key', types.text, required)
    .addColumn('private_key', types.text, required)
    .addColumn('created_at', types.time, required)
    .addColumn('created_by', types.id)
    .addPrimaryKeyConstraint('key_pairs_pkey', ['tenant_id', 'id'])
    .modifyEnd(types.tableEndByKey)
    .execute()
  await sql`create unique index key_pairs_slot
    on key_pairs (tenant_id, holder_kind, holder_id, slot)`.execute(db)
  await db.schema
    .createTable('encrypted_rooms')
    .addColumn('tenant_id', types.id, required)
    .addColumn('room_id', types.id, required)
    .addColumn('uses_tenant_key', types.flag, required)
    .addPrimaryKeyConstraint('encrypted_rooms_pkey', ['tenant_id', 'room_id'])
    .modifyEnd(types.tableEndByKey)
    .execute()
}

async function createFileKeys(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('file_keys')
    .addColumn('tenant_id', types.id, required)
    .addColumn('node_id', types.id, required)
    .addColumn('version_id', types.id, required)
    .addColumn('pair_id', types.id, required)
    .addColumn('version', types.text, required)
    .addColumn('wrapped_key', types.text, required)
    .addColumn('iv', types.text, required)
    .addColumn('tag', types.text, required)
    .addPrimaryKeyConstraint('file_keys_pkey', ['tenant_id', 'node_id', 'version_id', 'pair_id'])
    .modifyEnd(types.tableEndByKey)
    .execute()
  await sql`create index file_keys_pair on file_keys (tenant_id, pair_id, node_id)`.execute(db)
}
