import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely'
import { columnTypes } from '../column-types.ts'
import { ids } from '../ids.ts'

const required = (column: ColumnDefinitionBuilder) => column.notNull()

/** Archives that somebody may fetch. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const types = columnTypes(db)
  await ids.create(db, 'archives')
  await db.schema
    .createTable('archives')
    .addColumn('tenant_id', types.id, required)
    .addColumn('id', types.id, required)
    .addColumn('digest', types.text, required)
    .addColumn('holder', types.text, required)
    .addColumn('node_ids', types.json, required)
    .addColumn('name', types.text, required)
    .addColumn('created_at', types.time, required)
    .addColumn('expire_at', types.time, required)
    .addColumn('state', types.text, required)
    .addColumn('size', types.number, required)
    .addColumn('sent', types.number, required)
    .addPrimaryKeyConstraint('archives_pkey', ['tenant_id', 'id'])
    .modifyEnd(types.tableEnd)
    .execute()
  await sql`create unique index archives_digest on archives (tenant_id, digest)`.execute(db)
  await sql`create index archives_holder on archives (tenant_id, holder, id)`.execute(db)
  await sql`create index archives_expiry on archives (tenant_id, expire_at)`.execute(db)
}
