import { type Kysely, sql } from 'kysely'
import { columnTypes } from '../column-types.ts'

/** After how many seconds the files of a room end; null: they do not. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { number } = columnTypes(db)
  await sql`alter table nodes add column file_seconds ${number}`.execute(db)
}
