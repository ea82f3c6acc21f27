import { tellEvents } from '../../core/events/event-signal.ts'
import { tellJobQueued } from '../../core/jobs/job-signal.ts'
import type { Store } from '../../core/store.ts'
import type { Engine, EngineOptions } from './engine.ts'
import { EngineError } from './engine-error.ts'
import { type MigrationStep, migrate, requireNewest } from './migrate.ts'
import { migrations } from './migrations.ts'
import { objectHolds } from './object-holds.ts'
import { openEngine } from './open-engine.ts'
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
  return { store: storeOn(engine), engine, close: () => engine.close() }
}

function unfinished(): EngineError {
  const remedy = 'repeat the restore until it succeeds, or remove the database'
  return new EngineError('unfinished', `A restore into this database has not ended: ${remedy}`)
}

/** The stores over an engine whose schema is up to date. */
export function storeOn(engine: Engine<Database>): Store {
  const store: Store = {
    read: (tenantId, fn) => fn(txOf(scopeOf(engine.read, engine.kind, tenantId))),
    async write(tenantId, fn) {
      let queued = { job: false, event: false }
      const result = await engine.write((db) => {
        const scope = scopeOf(db, engine.kind, tenantId)
        queued = scope.queued
        return fn(txOf(scope))
      })
      if (queued.job) tellJobQueued(store, tenantId)
      if (queued.event) tellEvents(store, tenantId)
      return result
    },
    tenants: tenantStore(engine, { ...segmentReach(engine), ...objectHolds(engine) }),
  }
  return store
}
