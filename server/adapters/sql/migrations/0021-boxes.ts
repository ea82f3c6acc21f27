import type { Kysely } from 'kysely'
import { columnTypes } from '../column-types.ts'

/** Links through which visitors fetch and bring, and links for one address. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const types = columnTypes(db)
  await db.schema
    .alterTable('links')
    .addColumn('takes_uploads', types.flag, (column) => column.notNull().defaultTo(0))
    .execute()
  await db.schema.alterTable('links').addColumn('recipient', types.text).execute()
}
