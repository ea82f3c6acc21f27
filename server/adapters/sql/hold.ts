import { type Kysely, sql } from 'kysely'
import { kindOf } from './engine-handle.ts'

/**
 * Makes the writers that hold the same name run one after the other, until each has ended. For a
 * decision that rests on rows which the transaction does not change itself: a move that must not
 * make a cycle, the last administrator. Held before the first look at those rows. On SQLite all
 * writers run one after the other anyway; on PostgreSQL they see each other's work otherwise only
 * row by row (read committed).
 */
export async function hold<DB>(db: Kysely<DB>, name: string): Promise<void> {
  if (kindOf(db) === 'sqlite') return
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(db)
}
