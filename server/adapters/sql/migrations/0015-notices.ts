import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely'
import { columnTypes } from '../column-types.ts'
import { ids } from '../ids.ts'

const required = (column: ColumnDefinitionBuilder) => column.notNull()

/** Messages of the server to users. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const types = columnTypes(db)
  await ids.create(db, 'notices')
  await db.schema
    .createTable('notices')
    .addColumn('tenant_id', types.id, required)
    .addColumn('id', types.id, required)
    .addColumn('user_id', types.id, required)
    .addColumn('from_id', types.id)
    .addColumn('action', types.text, required)
    .addColumn('is_global', types.flag, required)
    .addColumn('is_interactive', types.flag, required)
    .addColumn('status', types.text, required)
    .addColumn('text', types.text, required)
    .addColumn('node_id', types.id)
    .addColumn('single_key', types.text)
    .addColumn('created_at', types.time, required)
    .addColumn('updated_at', types.time, required)
    .addPrimaryKeyConstraint('notices_pkey', ['tenant_id', 'id'])
    .modifyEnd(types.tableEnd)
    .execute()
  await sql`create index notices_user on notices (tenant_id, user_id, id)`.execute(db)
  await sql`create index notices_key on notices (tenant_id, single_key)
    where single_key is not null`.execute(db)
  await sql`create index notices_age on notices (tenant_id, created_at)`.execute(db)
}
