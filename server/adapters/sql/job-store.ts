import { type Kysely, sql } from 'kysely'
import type { Job, JobKind, JobLane, JobStore } from '../../core/jobs/job-store.ts'
import { kindOf } from './engine-handle.ts'
import { ids } from './ids.ts'
import { prepared } from './prepared.ts'
import type { JobsTable } from './schema/transfers.ts'
import type { Database } from './schema.ts'
import { type Scope, statement } from './scope.ts'

type Handle = Kysely<Database>
type Due = { tenantId: number; now: number }
type Held = { tenantId: number; id: number; fence: number }

const dueJob = (values: Due) => sql`tenant_id = ${values.tenantId} and run_at <= ${values.now}
  and (lease_until is null or lease_until <= ${values.now})`

const lanes = {
  mail: sql`and kind = 'send-mail'`,
  texts: sql`and kind = 'send-text'`,
  tasks: sql`and kind = 'task'`,
  imports: sql`and kind = 'import'`,
  rest: sql`and kind not in ('send-mail', 'send-text', 'task', 'import')`,
  all: sql``,
} as const
type Lane = keyof typeof lanes

/** A statement for each lane, since its text differs. */
const ofLanes = <T>(make: (lane: Lane) => T): Readonly<Record<Lane, T>> => ({
  mail: make('mail'),
  texts: make('texts'),
  tasks: make('tasks'),
  imports: make('imports'),
  rest: make('rest'),
  all: make('all'),
})

const anyDue = ofLanes((lane) =>
  prepared((db: Handle, values: Due) =>
    statement(
      db,
      sql<{ id: number }>`select id from jobs where ${dueJob(values)} ${lanes[lane]} limit 1`,
    ),
  ),
)

/** Rows that another transaction is taking are passed over on PostgreSQL. */
const leaseNext = ofLanes((lane) =>
  prepared((db: Handle, values: Due & { until: number }) => {
    const passing = kindOf(db) === 'postgres' ? sql`for update skip locked` : sql``
    return statement(
      db,
      sql<JobsTable>`update jobs
      set lease_until = ${values.until}, fence = fence + 1, attempts = attempts + 1
      where tenant_id = ${values.tenantId} and id = (
        select id from jobs where ${dueJob(values)} ${lanes[lane]}
          order by run_at, id limit 1 ${passing})
      returning *`,
    )
  }),
)

const extendLease = prepared((db: Handle, values: Held & { until: number }) =>
  db
    .updateTable('jobs')
    .set({ lease_until: values.until })
    .where('tenant_id', '=', values.tenantId)
    .where('id', '=', values.id)
    .where('fence', '=', values.fence),
)
const removeHeld = prepared((db: Handle, { tenantId, id, fence }: Held) =>
  db
    .deleteFrom('jobs')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('fence', '=', fence),
)
const giveBack = prepared((db: Handle, values: Held & { runAt: number; error: string }) =>
  db
    .updateTable('jobs')
    .set({ lease_until: null, run_at: values.runAt, last_error: values.error })
    .where('tenant_id', '=', values.tenantId)
    .where('id', '=', values.id)
    .where('fence', '=', values.fence),
)

const putBack = prepared((db: Handle, values: Held & { runAt: number }) =>
  db
    .updateTable('jobs')
    .set({ lease_until: null, run_at: values.runAt, attempts: 0 })
    .where('tenant_id', '=', values.tenantId)
    .where('id', '=', values.id)
    .where('fence', '=', values.fence),
)

/** Background work of one tenant. */
export function jobStore({ db, tenantId, queued }: Scope): JobStore {
  return {
    async enqueue(kind, payload, runAt, key) {
      queued.job = true
      const row: JobsTable = {
        tenant_id: tenantId,
        id: await ids.next(db, 'jobs'),
        kind,
        payload: JSON.stringify(payload),
        run_at: runAt,
        attempts: 0,
        fence: 0,
        lease_until: null,
        last_error: null,
        single_key: key ?? null,
      }
      const insert = db.insertInto('jobs').values(row)
      await insert.onConflict((conflict) => conflict.doNothing()).execute()
    },
    async isDue(now, lane: JobLane | 'all' = 'all') {
      return (await anyDue[lane](db, { tenantId, now })).rows.length > 0
    },
    async lease(now, leaseSeconds, lane: JobLane | 'all' = 'all') {
      const until = now + leaseSeconds * 1000
      const [row] = (await leaseNext[lane](db, { tenantId, now, until })).rows
      return row && toJob(row)
    },
    async extend(id, fence, until) {
      return (await extendLease(db, { tenantId, id, fence, until })).numAffectedRows === 1n
    },
    async finish(id, fence) {
      return (await removeHeld(db, { tenantId, id, fence })).numAffectedRows === 1n
    },
    async retry(id, fence, runAt, error) {
      const given = await giveBack(db, { tenantId, id, fence, runAt, error })
      return given.numAffectedRows === 1n
    },
    async putBehind(id, fence, runAt) {
      return (await putBack(db, { tenantId, id, fence, runAt })).numAffectedRows === 1n
    },
    holds: (id, fence, now) => isHeld(db, { tenantId, id, fence }, now),
    async count() {
      const { count } = await db
        .selectFrom('jobs')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('tenant_id', '=', tenantId)
        .executeTakeFirstOrThrow()
      return count
    },
    async drop(key) {
      await db
        .deleteFrom('jobs')
        .where('tenant_id', '=', tenantId)
        .where('single_key', '=', key)
        .execute()
    },
    async releaseAll() {
      await db
        .updateTable('jobs')
        .set({ lease_until: null })
        .where('tenant_id', '=', tenantId)
        .where('lease_until', 'is not', null)
        .execute()
    },
  }
}

async function isHeld(db: Handle, { tenantId, id, fence }: Held, now: number): Promise<boolean> {
  const row = await db
    .selectFrom('jobs')
    .select('lease_until')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('fence', '=', fence)
    .executeTakeFirst()
  return row !== undefined && row.lease_until !== null && row.lease_until > now
}

function toJob(row: JobsTable): Job {
  return {
    id: row.id,
    kind: row.kind as JobKind,
    payload: JSON.parse(row.payload) as Job['payload'],
    runAt: row.run_at,
    attempts: row.attempts,
    fence: row.fence,
    leaseUntil: row.lease_until,
    lastError: row.last_error,
  }
}
