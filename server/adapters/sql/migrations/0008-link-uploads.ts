import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely'
import { type ColumnTypes, columnTypes } from '../column-types.ts'

/** Uploads that come in through links: their limits, their counts, and the files that came. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const types = columnTypes(db)
  const counted = (column: ColumnDefinitionBuilder) => column.notNull().defaultTo(0)
  await db.schema.alterTable('links').addColumn('files_expiry_days', types.number).execute()
  await db.schema.alterTable('links').addColumn('uploads', types.number, counted).execute()
  await db.schema.alterTable('links').addColumn('uploaded_bytes', types.number, counted).execute()
  await db.schema.alterTable('uploads').addColumn('link_id', types.id).execute()
  await createLinkFiles(db, types)
}

async function createLinkFiles(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const required = (column: ColumnDefinitionBuilder) => column.notNull()
  await db.schema
    .createTable('link_files')
    .addColumn('tenant_id', types.id, required)
    .addColumn('link_id', types.id, required)
    .addColumn('node_id', types.id, required)
    .addPrimaryKeyConstraint('link_files_pkey', ['tenant_id', 'link_id', 'node_id'])
    .modifyEnd(types.tableEndByKey)
    .execute()
  await sql`create index link_files_node on link_files (tenant_id, node_id)`.execute(db)
}
