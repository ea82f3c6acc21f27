import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely'
import { columnTypes } from '../column-types.ts'

const required = (column: ColumnDefinitionBuilder) => column.notNull()

/** Profiles, and a way to the events about one subject. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const types = columnTypes(db)
  await db.schema
    .createTable('profiles')
    .addColumn('tenant_id', types.id, required)
    .addColumn('user_id', types.id, required)
    .addColumn('details', types.json, required)
    .addColumn('settings', types.json, required)
    .addColumn('colors', types.json, required)
    .addColumn('fonts', types.json, required)
    .addColumn('updated_at', types.time)
    .addPrimaryKeyConstraint('profiles_pkey', ['tenant_id', 'user_id'])
    .modifyEnd(types.tableEnd)
    .execute()
  await sql`create index events_sessions on events (tenant_id, subject_id, id)
    where type in ('session.started', 'session.ended')`.execute(db)
}
