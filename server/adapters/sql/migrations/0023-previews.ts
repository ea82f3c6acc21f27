import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely'
import { columnTypes } from '../column-types.ts'

const required = (column: ColumnDefinitionBuilder) => column.notNull()

/** Pictures that were made of files, by the blob that they show. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const types = columnTypes(db)
  await db.schema
    .createTable('previews')
    .addColumn('tenant_id', types.id, required)
    .addColumn('blob_id', types.text, required)
    .addColumn('preview_size', types.text, required)
    .addColumn('tried_at', types.time, required)
    .addColumn('picture_id', types.text)
    .addColumn('media_type', types.text)
    .addColumn('width', types.number)
    .addColumn('height', types.number)
    .addPrimaryKeyConstraint('previews_pkey', ['tenant_id', 'blob_id', 'preview_size'])
    .modifyEnd(types.tableEndByKey)
    .execute()
  await sql`create index previews_picture on previews (tenant_id, picture_id)
    where picture_id is not null`.execute(db)
}
