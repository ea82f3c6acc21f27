import { type Kysely, sql } from 'kysely'

/** The way to the events about one subject, also for statements that name types by value. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop index events_sessions`.execute(db)
  await sql`create index events_subject on events (tenant_id, subject_id, id)
    where subject_id is not null`.execute(db)
}
