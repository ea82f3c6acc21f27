import type { Kysely } from 'kysely'
import { columnTypes } from '../column-types.ts'

/** Ordered archives of which a log is kept. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const types = columnTypes(db)
  await db.schema
    .alterTable('archives')
    .addColumn('is_backup', types.flag, (column) => column.notNull().defaultTo(0))
    .execute()
}
