import { type Kysely, sql } from 'kysely'
import { kindOf } from './engine-handle.ts'

/** The table that is there while a restore writes the others. */
export const unfinishedTable = 'unfinished_restore'

/** Whether a restore into this database has begun and not ended. */
export async function isUnfinished<DB>(db: Kysely<DB>): Promise<boolean> {
  const found =
    kindOf(db) === 'sqlite'
      ? sql`select 1 as one from sqlite_schema where type = 'table' and name = ${unfinishedTable}`
      : sql`select 1 as one from pg_tables
          where schemaname = current_schema() and tablename = ${unfinishedTable}`
  return (await found.execute(db)).rows.length > 0
}

/** Marks the database: no program opens it as an installation until `markFinished`. */
export async function markUnfinished<DB>(db: Kysely<DB>): Promise<void> {
  await sql`create table if not exists ${sql.table(unfinishedTable)} (since text not null)`.execute(
    db,
  )
}

export async function markFinished<DB>(db: Kysely<DB>): Promise<void> {
  await sql`drop table if exists ${sql.table(unfinishedTable)}`.execute(db)
}
