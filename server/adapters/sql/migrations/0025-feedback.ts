import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely'
import { columnTypes } from '../column-types.ts'
import { ids } from '../ids.ts'

const required = (column: ColumnDefinitionBuilder) => column.notNull()

/** What users wrote to the administrators. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const types = columnTypes(db)
  await ids.create(db, 'feedback')
  await db.schema
    .createTable('feedback')
    .addColumn('tenant_id', types.id, required)
    .addColumn('id', types.id, required)
    .addColumn('user_id', types.id, required)
    .addColumn('name', types.text, required)
    .addColumn('email', types.text)
    .addColumn('comment', types.text, required)
    .addColumn('created_at', types.time, required)
    .addPrimaryKeyConstraint('feedback_pkey', ['tenant_id', 'id'])
    .modifyEnd(types.tableEnd)
    .execute()
  await sql`create index feedback_user on feedback (tenant_id, user_id, id)`.execute(db)
}
