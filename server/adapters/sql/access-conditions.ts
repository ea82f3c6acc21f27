import { type RawBuilder, sql } from 'kysely'
import type { Permissions } from '../../core/permissions/permission.ts'
import { kindCodes } from './node-rows.ts'

type Condition = RawBuilder<unknown>

/** The rows in force of a user on a boundary, as `access a`; for a statement on `nodes n`. */
function rowsInForce(boundary: Condition, userId: number, now: number): Condition {
  return sql`from access a where a.tenant_id = n.tenant_id and a.boundary_id = ${boundary}
    and a.user_id = ${userId} and (a.expire_at is null or a.expire_at > ${now})`
}

/** Whether the user has any row in force there, passage included. For a statement on `nodes n`. */
export function accessInForce(boundary: Condition, userId: number, now: number): Condition {
  return sql`exists (select 1 ${rowsInForce(boundary, userId, now)})`
}

/** Whether the user sees `n`: a room with any row, other nodes only where something is held. */
export function seesNode(userId: number, now: number): Condition {
  return sql`exists (select 1 ${rowsInForce(sql`n.boundary_id`, userId, now)}
    and (a.permissions <> 0 or n.kind = ${sql.lit(kindCodes.room)}))`
}

/**
 * Whether the union of the user's rows in force holds at least one of these sets. A union of bit
 * sets is the sum of the greatest value of each bit, which both engines can say.
 */
export function holdsOneOf(
  boundary: Condition,
  userId: number,
  now: number,
  sets: readonly Permissions[],
): Condition {
  if (sets.length === 0) return sql`1 = 0`
  const held = sets.map((set) => {
    if (set === 0) return accessInForce(boundary, userId, now)
    const greatest = bitsOf(set).map((bit) => sql`max(a.permissions & ${sql.lit(bit)})`)
    const union = sql`select ${sql.join(greatest, sql` + `)} ${rowsInForce(boundary, userId, now)}`
    return sql`coalesce((${union}), 0) = ${sql.lit(set)}`
  })
  return sql`(${sql.join(held, sql` or `)})`
}

function bitsOf(set: Permissions): number[] {
  const bits: number[] = []
  for (let bit = 1; bit <= set; bit *= 2) if ((set & bit) !== 0) bits.push(bit)
  return bits
}
