import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely'
import { type ColumnTypes, columnTypes } from '../column-types.ts'
import { ids } from '../ids.ts'

/** Uploads with their parts, blobs and where their bytes lie, background work. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const types = columnTypes(db)
  await ids.create(db, 'uploads')
  await ids.create(db, 'jobs')
  await createUploads(db, types)
  await createUploadParts(db, types)
  await createBlobs(db, types)
  await createBlobPlaces(db, types)
  await createJobs(db, types)
}

const required = (column: ColumnDefinitionBuilder) => column.notNull()

async function createUploads(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('uploads')
    .addColumn('tenant_id', types.id, required)
    .addColumn('id', types.id, required)
    .addColumn('token_digest', types.text, required)
    .addColumn('state', types.text, required)
    .addColumn('parent_id', types.id, required)
    .addColumn('name', types.text, required)
    .addColumn('user_id', types.id)
    .addColumn('export_id', types.id)
    .addColumn('size', types.number)
    .addColumn('md5', types.text)
    .addColumn('media_type', types.text)
    .addColumn('client_created_at', types.time)
    .addColumn('client_modified_at', types.time)
    .addColumn('notes', types.text)
    .addColumn('classification', types.number)
    .addColumn('expire_at', types.time)
    .addColumn('on_clash', types.text, required)
    .addColumn('expect_version', types.id)
    .addColumn('direct', types.flag, required)
    .addColumn('direct_key', types.text)
    .addColumn('direct_reference', types.text)
    .addColumn('received', types.number, required)
    .addColumn('part_count', types.number, required)
    .addColumn('reserved', types.number, required)
    .addColumn('created_at', types.time, required)
    .addColumn('expires_at', types.time, required)
    .addColumn('node_id', types.id)
    .addColumn('failure', types.text)
    .addPrimaryKeyConstraint('uploads_pkey', ['tenant_id', 'id'])
    .modifyEnd(types.tableEndByKey)
    .execute()
  await sql`create unique index uploads_token on uploads (tenant_id, token_digest)`.execute(db)
  await sql`create index uploads_expiry on uploads (tenant_id, expires_at)`.execute(db)
  await sql`create index uploads_key on uploads (direct_key)
    where direct_key is not null`.execute(db)
}

async function createUploadParts(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('upload_parts')
    .addColumn('tenant_id', types.id, required)
    .addColumn('upload_id', types.id, required)
    .addColumn('position', types.number, required)
    .addColumn('start', types.number, required)
    .addColumn('size', types.number, required)
    .addColumn('key', types.text)
    .addColumn('bytes', types.bytes)
    .addColumn('md5', types.text, required)
    .addPrimaryKeyConstraint('upload_parts_pkey', ['tenant_id', 'upload_id', 'position'])
    .modifyEnd(types.tableEnd)
    .execute()
  await sql`create index upload_parts_key on upload_parts (key) where key is not null`.execute(db)
  await db.schema
    .createTable('upload_rooms')
    .addColumn('tenant_id', types.id, required)
    .addColumn('room_id', types.id, required)
    .addColumn('upload_id', types.id, required)
    .addPrimaryKeyConstraint('upload_rooms_pkey', ['tenant_id', 'room_id', 'upload_id'])
    .modifyEnd(types.tableEndByKey)
    .execute()
  await sql`create index upload_rooms_upload on upload_rooms (tenant_id, upload_id)`.execute(db)
}

async function createBlobs(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('blobs')
    .addColumn('tenant_id', types.id, required)
    .addColumn('id', types.text, required)
    .addColumn('size', types.number, required)
    .addColumn('md5', types.text)
    .addColumn('sha256', types.text)
    .addColumn('created_at', types.time, required)
    .addColumn('unreferenced_since', types.time)
    .addColumn('bytes', types.bytes)
    .addPrimaryKeyConstraint('blobs_pkey', ['tenant_id', 'id'])
    .modifyEnd(types.tableEnd)
    .execute()
  await sql`create index blobs_md5 on blobs (tenant_id, md5, size) where md5 is not null`.execute(
    db,
  )
}

async function createBlobPlaces(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('blob_segments')
    .addColumn('tenant_id', types.id, required)
    .addColumn('blob_id', types.text, required)
    .addColumn('position', types.number, required)
    .addColumn('key', types.text, required)
    .addColumn('size', types.number, required)
    .addPrimaryKeyConstraint('blob_segments_pkey', ['tenant_id', 'blob_id', 'position'])
    .modifyEnd(types.tableEndByKey)
    .execute()
  await sql`create unique index blob_segments_key on blob_segments (key)`.execute(db)
  await db.schema
    .createTable('blob_holds')
    .addColumn('tenant_id', types.id, required)
    .addColumn('key', types.text, required)
    .addColumn('until', types.time, required)
    .addPrimaryKeyConstraint('blob_holds_pkey', ['key'])
    .modifyEnd(types.tableEndByKey)
    .execute()
}

async function createJobs(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('jobs')
    .addColumn('tenant_id', types.id, required)
    .addColumn('id', types.id, required)
    .addColumn('kind', types.text, required)
    .addColumn('payload', types.json, required)
    .addColumn('run_at', types.time, required)
    .addColumn('attempts', types.number, required)
    .addColumn('fence', types.number, required)
    .addColumn('lease_until', types.time)
    .addColumn('last_error', types.text)
    .addColumn('single_key', types.text)
    .addPrimaryKeyConstraint('jobs_pkey', ['tenant_id', 'id'])
    .modifyEnd(types.tableEnd)
    .execute()
  await sql`create index jobs_due on jobs (tenant_id, run_at)`.execute(db)
  await sql`create unique index jobs_single on jobs (tenant_id, single_key)
    where single_key is not null`.execute(db)
}
