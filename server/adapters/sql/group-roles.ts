import { type Kysely, type RawBuilder, sql } from 'kysely'
import { ALL_ROLES } from '../../core/permissions/permission.ts'
import type { Database } from './schema.ts'

/**
 * The union of bit sets over rows, as an expression: the sum of the greatest value of each bit,
 * which both engines can say.
 */
function union(roles: RawBuilder<unknown>): RawBuilder<unknown> {
  const greatest: RawBuilder<unknown>[] = []
  for (let bit = 1; bit <= ALL_ROLES; bit *= 2) {
    if ((ALL_ROLES & bit) !== 0) greatest.push(sql`max(${roles} & ${sql.lit(bit)})`)
  }
  return sql.join(greatest, sql` + `)
}

/** The roles that a user has by groups in force, as an expression. */
export function groupRoles(
  tenantId: RawBuilder<unknown>,
  userId: RawBuilder<unknown>,
  now: RawBuilder<unknown>,
): RawBuilder<number> {
  return sql<number>`coalesce((select ${union(sql`s.roles`)}
    from group_members m
    join groups s on s.tenant_id = m.tenant_id and s.id = m.group_id
    where m.tenant_id = ${tenantId} and m.user_id = ${userId}
      and (s.expire_at is null or s.expire_at > ${now})), 0)`
}

/** Roles that somebody holds who is neither locked nor ends. */
export async function lastingRoles(db: Kysely<Database>, tenantId: number): Promise<number> {
  const { rows } = await sql<{ roles: number | null }>`
    select ${union(sql`h.roles`)} as roles from (
      select u.roles from users u
        where u.tenant_id = ${tenantId} and u.expire_at is null and u.is_locked = 0
      union all
      select s.roles from groups s
        join group_members m on m.tenant_id = s.tenant_id and m.group_id = s.id
        join users u on u.tenant_id = m.tenant_id and u.id = m.user_id
          and u.expire_at is null and u.is_locked = 0
        where s.tenant_id = ${tenantId} and s.expire_at is null and s.roles <> 0
    ) h`.execute(db)
  return rows[0]?.roles ?? 0
}
