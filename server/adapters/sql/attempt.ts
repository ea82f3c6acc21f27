import { type Kysely, sql } from 'kysely'

/**
 * Runs `fn` in a savepoint of the transaction `db`: when it throws, what it did is undone, the
 * transaction stays usable and the error is thrown on. On PostgreSQL two round trips more, so for
 * a single insert `on conflict (…) do nothing returning …` is the cheaper way to meet a taken name.
 */
export async function attempt<DB, T>(
  db: Kysely<DB>,
  fn: (db: Kysely<DB>) => Promise<T>,
): Promise<T> {
  await sql`savepoint attempt`.execute(db)
  let value: T
  try {
    value = await fn(db)
  } catch (error) {
    await sql`rollback to savepoint attempt`.execute(db)
    await sql`release savepoint attempt`.execute(db)
    throw error
  }
  await sql`release savepoint attempt`.execute(db)
  return value
}
