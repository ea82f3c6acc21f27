import { tellEvents } from '../../core/events/event-signal.ts'
import { tellJobQueued } from '../../core/jobs/job-signal.ts'
import type { Store } from '../../core/store.ts'
import type { Engine, EngineOptions } from './engine.ts'
import { EngineError } from './engine-error.ts'
import { type MigrationStep, migrate, requireNewest } from './migrate.ts'
import { migrations } from './migrations.ts'
import { objectHolds } from './object-holds.ts'
import { openEngine } from './open-engine.ts'
import type { PostgresSignals, Signal } from './postgres-signals.ts'
import type { Database } from './schema.ts'
import { scopeOf } from './scope.ts'
import { segmentReach } from './segment-reach.ts'
import { writeStatistics } from './sqlite-statistics.ts'
import { tenantStore } from './tenant-store.ts'
import { txOf } from './tx-of.ts'
import { isUnfinished } from './unfinished-restore.ts'

export type OpenStoreOptions = EngineOptions & {
  /** Told before and after each migration. */
  readonly onProgress?: (step: MigrationStep) => void
}

export type OpenStore = {
  readonly store: Store
  readonly engine: Engine<Database>
  /** Finishes what is queued, then closes. */
  close(): Promise<void>
}

/**
 * Opens the database of `url` and binds the stores. A server brings the schema to the newest state;
 * a tool works beside a running server and takes the schema as it is, or not at all. Throws
 * EngineError 'unfinished' when a restore has not ended, 'older' and 'newer' for a tool.
 */
export async function openStore(options: OpenStoreOptions): Promise<OpenStore> {
  const engine = await openEngine<Database>(options)
  try {
    if (await isUnfinished(engine.read)) throw unfinished()
    const ran = options.role === 'tool' ? [] : await migrate(engine, migrations, options.onProgress)
    if (options.role === 'tool') await requireNewest(engine.read, migrations)
    if (ran.length > 0 && engine.kind === 'sqlite') await engine.exclusive(writeStatistics)
  } catch (error) {
    await engine.close()
    throw error
  }
  if (engine.kind === 'sqlite' || options.role === 'tool') {
    return { store: storeOn(engine), engine, close: () => engine.close() }
  }
  const { postgresSignals } = await import('./postgres-signals.ts')
  const signals = postgresSignals({
    url: options.url,
    warn: options.onWarning ?? (() => undefined),
    hear: (signal) => heard(store, signal),
  })
  const store = storeOn(engine, signals)
  const close = async () => {
    await engine.close()
    await signals.close()
  }
  return { store, engine, close }
}

/** Wakes those who wait in this process for what another has committed. */
function heard(store: Store, signal: Signal | null): void {
  if (signal === null || signal.event) tellEvents(store, signal?.tenantId ?? null)
  if (signal === null || signal.job) tellJobQueued(store, signal?.tenantId ?? null)
}

function unfinished(): EngineError {
  const remedy = 'repeat the restore until it succeeds, or remove the database'
  return new EngineError('unfinished', `A restore into this database has not ended: ${remedy}`)
}

/**
 * The stores over an engine whose schema is up to date. With `signals` other processes are told
 * what this one commits.
 */
export function storeOn(engine: Engine<Database>, signals?: PostgresSignals): Store {
  const store: Store = {
    read: (tenantId, fn) => fn(txOf(scopeOf(engine.read, engine.kind, tenantId))),
    async write(tenantId, fn) {
      let queued = { job: false, event: false }
      let isCommitted = false
      try {
        const result = await engine.write((db) => {
          const scope = scopeOf(db, engine.kind, tenantId)
          queued = scope.queued
          return fn(txOf(scope))
        })
        isCommitted = true
        return result
      } finally {
        // What was rolled back may have held up the events that others have committed since.
        const { event } = queued
        const job = queued.job && isCommitted
        if (job) tellJobQueued(store, tenantId)
        if (event) tellEvents(store, tenantId)
        if (event || job) signals?.tell({ tenantId, event, job })
      }
    },
    hearsOthers: () => signals?.areHeard() ?? false,
    tenants: tenantStore(engine, { ...segmentReach(engine), ...objectHolds(engine) }),
  }
  return store
}
