import { type Kysely, type RawBuilder, sql } from 'kysely'
import { kindOf } from './engine-handle.ts'
import type { Database } from './schema.ts'

/**
 * The step of a walk downwards, for `from below b cross join …`: the live children of `b.id` as
 * `n`. It ends in a `where`, so that more conditions may follow with `and`. PostgreSQL is made to
 * look them up by their parent for each row: without statistics of a young table it reads all
 * nodes of the tenant at every step.
 */
export function childrenOf(db: Kysely<Database>, tenantId: number): RawBuilder<unknown> {
  const live = sql`c.tenant_id = ${tenantId} and c.parent_id = b.id and c.deleted_at is null`
  return kindOf(db) === 'sqlite'
    ? sql`nodes n where n.tenant_id = ${tenantId} and n.parent_id = b.id and n.deleted_at is null`
    : sql`lateral (select c.* from nodes c where ${live} offset 0) n where true`
}

/**
 * For a join: the container of the row `a` as `n`. PostgreSQL is not left a choice of plan, since
 * without statistics it reads the whole tenant to find one row.
 */
export function parentOf(db: Kysely<Database>, tenantId: number) {
  if (kindOf(db) === 'sqlite') {
    return sql`nodes n on n.tenant_id = ${tenantId} and n.id = a.parent_id`
  }
  return sql`lateral (
    select * from nodes p where p.tenant_id = ${tenantId} and p.id = a.parent_id limit 1) n`
}
