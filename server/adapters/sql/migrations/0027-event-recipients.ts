import type { ColumnDefinitionBuilder, Kysely } from 'kysely'
import { columnTypes } from '../column-types.ts'

const required = (column: ColumnDefinitionBuilder) => column.notNull()

/** Who is told of an event although he may not read where it happened any more. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const types = columnTypes(db)
  await db.schema
    .createTable('event_recipients')
    .addColumn('tenant_id', types.id, required)
    .addColumn('event_id', types.id, required)
    .addColumn('user_id', types.id, required)
    .addPrimaryKeyConstraint('event_recipients_pkey', ['tenant_id', 'event_id', 'user_id'])
    .modifyEnd(types.tableEndByKey)
    .execute()
}
