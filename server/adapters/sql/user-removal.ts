import { type Kysely, sql } from 'kysely'
import { tablesOf } from './all-tables.ts'
import type { Database } from './schema.ts'
import type { Scope } from './scope.ts'

/** Uploads stay until they end, since the sweep removes their bytes by them. */
const staying: ReadonlySet<string> = new Set(['uploads'])

/** Things of users in columns of other names. */
const others = [
  ['links', 'created_by'],
  ['exports', 'created_by'],
  ['kept_values', 'owner_id'],
  ['invitations', 'created_by'],
  ['offers', 'owner_id'],
  ['offers', 'receiver_id'],
] as const

/**
 * Removes an account with every row that is of it: in all tables with a `user_id`, as the database
 * itself tells them, so that a table that a migration adds cannot be forgotten.
 */
export async function removeUser({ db, tenantId }: Scope, id: number): Promise<void> {
  const own = (await tablesOf(db))
    .filter(({ name, columns }) => columns.includes('user_id') && !staying.has(name))
    .map(({ name }) => [name, 'user_id'] as const)
  for (const [table, column] of [...own, ...others]) {
    await sql`delete from ${sql.table(table)}
      where tenant_id = ${tenantId} and ${sql.ref(column)} = ${id}`.execute(db)
  }
  await removeKeys(db, tenantId, id)
  await db.deleteFrom('users').where('tenant_id', '=', tenantId).where('id', '=', id).execute()
}

/** Key pairs of the account and the file keys that they open. */
async function removeKeys(db: Kysely<Database>, tenantId: number, id: number): Promise<void> {
  await sql`delete from file_keys where tenant_id = ${tenantId} and pair_id in (
    select p.id from key_pairs p where p.tenant_id = ${tenantId}
      and p.holder_kind = 'user' and p.holder_id = ${id})`.execute(db)
  await sql`delete from key_pairs where tenant_id = ${tenantId}
    and holder_kind = 'user' and holder_id = ${id}`.execute(db)
}
