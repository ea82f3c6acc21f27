import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { EngineKind } from './engine.ts'
import type { Database } from './schema.ts'

/** What every store of one transaction shares: its handle, and the tenant it is bound to. */
export type Scope = {
  readonly db: Kysely<Database>
  readonly kind: EngineKind
  readonly tenantId: number
  /** Which shard of sharded counters this transaction adds to; the same until it ends. */
  shard(): number
  /** Whether this transaction has written a job, or an event. */
  readonly queued: { job: boolean; event: boolean }
}

/** How many rows a counter has per thing that is counted. */
export const shardsOf = { sqlite: 1, postgres: 16 } as const

export function scopeOf(db: Kysely<Database>, kind: EngineKind, tenantId: number): Scope {
  let shard: number | undefined
  return {
    db,
    kind,
    tenantId,
    queued: { job: false, event: false },
    shard() {
      shard ??= Math.floor(Math.random() * shardsOf[kind])
      return shard
    },
  }
}

/** A statement written as text, for `prepared`. */
export function statement<R>(db: Kysely<Database>, text: RawBuilder<R>) {
  return { compile: () => text.compile(db) }
}

/** The members of `row` by name; `prepared` needs them named, since it gives stand-ins. */
export function pick<T, K extends keyof T>(row: T, members: readonly K[]): Pick<T, K> {
  return Object.fromEntries(members.map((member) => [member, row[member]])) as Pick<T, K>
}

/** A list of ids as one value of a statement, for `inList`. */
export function idList(scope: Scope, ids: readonly number[]): unknown {
  return scope.kind === 'sqlite' ? JSON.stringify(ids) : ids
}

/**
 * `column in (ids)` with all ids in one value, so that the statement's text does not depend on
 * how many there are. `list` comes from `idList`, or stands for it in a prepared statement.
 */
export function inList(kind: EngineKind, column: string, list: unknown): RawBuilder<boolean> {
  return kind === 'sqlite'
    ? sql`${sql.ref(column)} in (select value from json_each(${list}))`
    : sql`${sql.ref(column)} = any(cast(${list} as bigint[]))`
}
