import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely'
import { type ColumnTypes, columnTypes } from '../column-types.ts'
import { ids } from '../ids.ts'

/** Invitations to shared folders, folders that everybody may ask for, content offered to others. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const types = columnTypes(db)
  await ids.create(db, 'invitations')
  await ids.create(db, 'offers')
  await createInvitations(db, types)
  await createPublications(db, types)
  await createOffers(db, types)
}

const required = (column: ColumnDefinitionBuilder) => column.notNull()

async function createInvitations(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('invitations')
    .addColumn('tenant_id', types.id, required)
    .addColumn('id', types.id, required)
    .addColumn('digest', types.text, required)
    .addColumn('sealed_token', types.text, required)
    .addColumn('kind', types.text, required)
    .addColumn('node_id', types.id, required)
    .addColumn('user_id', types.id)
    .addColumn('group_id', types.id)
    .addColumn('permissions', types.number, required)
    .addColumn('public_view', types.flag, required)
    .addColumn('message', types.text, required)
    .addColumn('created_at', types.time, required)
    .addColumn('created_by', types.id, required)
    .addPrimaryKeyConstraint('invitations_pkey', ['tenant_id', 'id'])
    .modifyEnd(types.tableEndByKey)
    .execute()
  await sql`create unique index invitations_digest on invitations (tenant_id, digest)`.execute(db)
  await sql`create unique index invitations_user on invitations (tenant_id, user_id, kind, node_id)
    where user_id is not null`.execute(db)
  await sql`create index invitations_node on invitations (tenant_id, node_id)`.execute(db)
}

async function createPublications(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('publications')
    .addColumn('tenant_id', types.id, required)
    .addColumn('node_id', types.id, required)
    .addColumn('token', types.text, required)
    .addColumn('name', types.text, required)
    .addColumn('created_at', types.time, required)
    .addColumn('created_by', types.id, required)
    .addPrimaryKeyConstraint('publications_pkey', ['tenant_id', 'node_id'])
    .modifyEnd(types.tableEndByKey)
    .execute()
  await sql`create unique index publications_token on publications (tenant_id, token)`.execute(db)
}

async function createOffers(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('offers')
    .addColumn('tenant_id', types.id, required)
    .addColumn('id', types.id, required)
    .addColumn('token', types.text, required)
    .addColumn('owner_id', types.id, required)
    .addColumn('receiver_id', types.id, required)
    .addColumn('node_id', types.id)
    .addColumn('source_path', types.json, required)
    .addColumn('target_path', types.json, required)
    .addColumn('cleans_up', types.flag, required)
    .addColumn('message', types.text, required)
    .addColumn('state', types.text, required)
    .addColumn('created_at', types.time, required)
    .addPrimaryKeyConstraint('offers_pkey', ['tenant_id', 'id'])
    .modifyEnd(types.tableEndByKey)
    .execute()
  await sql`create unique index offers_token on offers (tenant_id, token)`.execute(db)
  await sql`create index offers_owner on offers (tenant_id, owner_id)`.execute(db)
  await sql`create index offers_receiver on offers (tenant_id, receiver_id)`.execute(db)
  await sql`create index offers_node on offers (tenant_id, node_id)
    where node_id is not null`.execute(db)
}
