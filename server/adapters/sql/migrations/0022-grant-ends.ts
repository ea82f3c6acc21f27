import { type Kysely, sql } from 'kysely'
import { columnTypes } from '../column-types.ts'

/** Invitations that end, with what follows from them; a way to what is past its end. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const types = columnTypes(db)
  await db.schema.alterTable('invitations').addColumn('expire_at', types.time).execute()
  for (const table of ['invitations', 'grants']) {
    await sql`create index ${sql.ref(`${table}_expiry`)} on ${sql.table(table)}
      (tenant_id, expire_at) where expire_at is not null`.execute(db)
  }
}
