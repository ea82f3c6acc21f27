import { sql } from 'kysely'
import type { Scope } from './scope.ts'

/** Removes up to `limit` rows of the tenant past their end, oldest first; answers how many. */
export async function removeExpired(
  { db, tenantId }: Scope,
  table: 'archives' | 'codes' | 'tasks',
  now: number,
  limit: number,
): Promise<number> {
  const { numAffectedRows } = await sql`delete from ${sql.table(table)}
    where tenant_id = ${tenantId} and id in (
      select id from ${sql.table(table)} where tenant_id = ${tenantId} and expire_at <= ${now}
      order by expire_at limit ${limit})`.execute(db)
  return Number(numAffectedRows)
}
