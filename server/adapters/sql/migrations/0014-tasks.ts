import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely'
import { columnTypes } from '../column-types.ts'
import { ids } from '../ids.ts'

const required = (column: ColumnDefinitionBuilder) => column.notNull()

/** Background work that somebody waits for; archives can be listed with their tokens. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const types = columnTypes(db)
  await sql`alter table archives add column sealed_token ${types.text} not null default ''`.execute(
    db,
  )
  await sql`alter table archives add column updated_at ${types.time} not null default 0`.execute(db)
  await ids.create(db, 'tasks')
  await db.schema
    .createTable('tasks')
    .addColumn('tenant_id', types.id, required)
    .addColumn('id', types.id, required)
    .addColumn('digest', types.text, required)
    .addColumn('kind', types.text, required)
    .addColumn('holder', types.text, required)
    .addColumn('state', types.text, required)
    .addColumn('progress', types.real, required)
    .addColumn('input', types.json, required)
    .addColumn('memo', types.json, required)
    .addColumn('result', types.json)
    .addColumn('failure', types.json)
    .addColumn('created_at', types.time, required)
    .addColumn('updated_at', types.time, required)
    .addColumn('expire_at', types.time, required)
    .addPrimaryKeyConstraint('tasks_pkey', ['tenant_id', 'id'])
    .modifyEnd(types.tableEnd)
    .execute()
  await sql`create unique index tasks_digest on tasks (tenant_id, digest)`.execute(db)
  await sql`create index tasks_open on tasks (tenant_id, holder)
    where state in ('waiting', 'running')`.execute(db)
  await sql`create index tasks_expiry on tasks (tenant_id, expire_at)`.execute(db)
}
