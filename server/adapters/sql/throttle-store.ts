import { type Kysely, sql } from 'kysely'
import type { Throttle, ThrottleStore } from '../../core/sessions/throttle-store.ts'
import { prepared } from './prepared.ts'
import type { ThrottlesTable } from './schema/identity.ts'
import type { Database } from './schema.ts'
import type { Scope } from './scope.ts'

type Handle = Kysely<Database>
type One = { tenantId: number; key: string }
type Failure = One & { at: number; forgetBefore: number; limit: number; lockedUntil: number }

const selectRow = (db: Handle, { tenantId, key }: One) =>
  db.selectFrom('throttles').selectAll().where('tenant_id', '=', tenantId).where('key', '=', key)

const byKey = prepared(selectRow)
const byKeyForUpdate = prepared((db: Handle, one: One) => selectRow(db, one).forUpdate())

/**
 * One statement, so that failures of many transactions at once are all counted. A count that is
 * old, or whose lock is over, starts again.
 */
const addFailure = prepared((db: Handle, values: Failure) => {
  const { tenantId, key, at, forgetBefore, limit, lockedUntil } = values
  const kept = sql`case when t.last_failure_at < ${forgetBefore} then 0
    when t.locked_until <= ${at} then 0 else t.failures end`
  const statement = sql<ThrottlesTable>`
    insert into throttles as t (tenant_id, key, failures, last_failure_at, locked_until)
    values (${tenantId}, ${key}, 1, ${at},
      case when ${limit} <= 1 then cast(${lockedUntil} as bigint) end)
    on conflict (tenant_id, key) do update set
      failures = ${kept} + 1,
      last_failure_at = ${at},
      locked_until = case when ${kept} + 1 < ${limit} then null
        when ${kept} = 0 then cast(${lockedUntil} as bigint)
        else coalesce(t.locked_until, cast(${lockedUntil} as bigint)) end
    returning *`
  return { compile: () => statement.compile(db) }
})

const removeRow = prepared((db: Handle, { tenantId, key }: One) =>
  db.deleteFrom('throttles').where('tenant_id', '=', tenantId).where('key', '=', key),
)

/** Counted failures of one tenant. */
export function throttleStore({ db, kind, tenantId }: Scope): ThrottleStore {
  return {
    async find(key) {
      return toThrottle((await byKey(db, { tenantId, key })).rows[0])
    },
    async hold(key) {
      // SQLite has one writer: nobody else changes the row until it ends.
      const look = kind === 'sqlite' ? byKey : byKeyForUpdate
      return toThrottle((await look(db, { tenantId, key })).rows[0])
    },
    async fail(key, at, limit, lockSeconds) {
      const span = lockSeconds * 1000
      const failure = { at, forgetBefore: at - span, limit, lockedUntil: at + span }
      const { rows } = await addFailure(db, { tenantId, key, ...failure })
      return toThrottle(rows[0])!
    },
    async clear(key) {
      await removeRow(db, { tenantId, key })
    },
    async removeOlder(at) {
      const { numDeletedRows } = await db
        .deleteFrom('throttles')
        .where('tenant_id', '=', tenantId)
        .where('last_failure_at', '<', at)
        .where((eb) => eb.or([eb('locked_until', 'is', null), eb('locked_until', '<=', at)]))
        .executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    },
  }
}

function toThrottle(row: ThrottlesTable | undefined): Throttle | undefined {
  if (!row) return undefined
  return {
    failures: row.failures,
    lastFailureAt: row.last_failure_at,
    lockedUntil: row.locked_until,
  }
}
