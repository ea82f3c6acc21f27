import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely'
import { columnTypes } from '../column-types.ts'
import { ids } from '../ids.ts'

const required = (column: ColumnDefinitionBuilder) => column.notNull()

/** One-time codes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const types = columnTypes(db)
  await ids.create(db, 'codes')
  await db.schema
    .createTable('codes')
    .addColumn('tenant_id', types.id, required)
    .addColumn('id', types.id, required)
    .addColumn('purpose', types.text, required)
    .addColumn('user_id', types.id)
    .addColumn('secret_digest', types.text, required)
    .addColumn('short_digest', types.text)
    .addColumn('created_at', types.time, required)
    .addColumn('expire_at', types.time, required)
    .addColumn('failures', types.number, required)
    .addColumn('consumed_at', types.time)
    .addColumn('data', types.json, required)
    .addPrimaryKeyConstraint('codes_pkey', ['tenant_id', 'id'])
    .modifyEnd(types.tableEndByKey)
    .execute()
  await sql`create unique index codes_secret on codes (tenant_id, secret_digest)`.execute(db)
  await sql`create index codes_short on codes (tenant_id, short_digest)
    where short_digest is not null`.execute(db)
  await sql`create index codes_user on codes (tenant_id, user_id, purpose, id)
    where user_id is not null`.execute(db)
  await sql`create index codes_expiry on codes (tenant_id, expire_at)`.execute(db)
}
