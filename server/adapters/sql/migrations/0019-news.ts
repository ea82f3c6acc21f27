import type { ColumnDefinitionBuilder, Kysely } from 'kysely'
import { columnTypes } from '../column-types.ts'

const required = (column: ColumnDefinitionBuilder) => column.notNull()

/** Up to which event users have seen the news: of one room, or of all (room 0). */
export async function up(db: Kysely<unknown>): Promise<void> {
  const types = columnTypes(db)
  await db.schema
    .createTable('news_seen')
    .addColumn('tenant_id', types.id, required)
    .addColumn('user_id', types.id, required)
    .addColumn('room_id', types.id, required)
    .addColumn('event_id', types.id, required)
    .addPrimaryKeyConstraint('news_seen_pkey', ['tenant_id', 'user_id', 'room_id'])
    .modifyEnd(types.tableEndByKey)
    .execute()
}
