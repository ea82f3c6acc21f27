import { type Kysely, sql } from 'kysely'
import { columnTypes } from '../column-types.ts'

/** Settings of tenants, and whether a user accepted the terms of use. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const types = columnTypes(db)
  await db.schema
    .alterTable('tenants')
    .addColumn('settings', types.json, (column) => column.notNull().defaultTo(sql`'{}'`))
    .execute()
  await db.schema.alterTable('users').addColumn('agreed_at', types.time).execute()
}
