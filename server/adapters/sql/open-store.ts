import type { Store } from '../../core/store.ts'
import type { Engine, EngineOptions } from './engine.ts'
import { type MigrationStep, migrate } from './migrate.ts'
import { migrations } from './migrations.ts'
import { openEngine } from './open-engine.ts'
import type { Database } from './schema.ts'
import { scopeOf } from './scope.ts'
import { segmentReach } from './segment-reach.ts'
import { writeStatistics } from './sqlite-statistics.ts'
import { tenantStore } from './tenant-store.ts'
import { txOf } from './tx-of.ts'

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

/** Opens the database of `url`, brings its schema to the newest state and binds the stores. */
export async function openStore(options: OpenStoreOptions): Promise<OpenStore> {
  const engine = await openEngine<Database>(options)
  try {
    const ran = await migrate(engine, migrations, options.onProgress)
    if (ran.length > 0 && engine.kind === 'sqlite') await engine.exclusive(writeStatistics)
  } catch (error) {
    await engine.close()
    throw error
  }
  return { store: storeOn(engine), engine, close: () => engine.close() }
}

/** The stores over an engine whose schema is up to date. */
export function storeOn(engine: Engine<Database>): Store {
  return {
    read: (tenantId, fn) => fn(txOf(scopeOf(engine.read, engine.kind, tenantId))),
    write: (tenantId, fn) => engine.write((db) => fn(txOf(scopeOf(db, engine.kind, tenantId)))),
    tenants: tenantStore(engine, segmentReach(engine)),
  }
}
