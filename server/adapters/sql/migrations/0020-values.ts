import type { ColumnDefinitionBuilder, Kysely } from 'kysely'
import { columnTypes } from '../column-types.ts'

const required = (column: ColumnDefinitionBuilder) => column.notNull()

/** Small texts under keys, and devices that are asked to wipe themselves. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const types = columnTypes(db)
  await db.schema
    .createTable('kept_values')
    .addColumn('tenant_id', types.id, required)
    .addColumn('owner_id', types.id, required)
    .addColumn('key', types.text, required)
    .addColumn('value', types.text, required)
    .addColumn('updated_at', types.time, required)
    .addPrimaryKeyConstraint('kept_values_pkey', ['tenant_id', 'owner_id', 'key'])
    .modifyEnd(types.tableEnd)
    .execute()
  await db.schema.alterTable('sessions').addColumn('wipe_at', types.time).execute()
}
