import type { StoreSubject } from '../../core/suites/store-subject.suite.ts'
import type { Engine, EngineKind } from './engine.ts'
import { type OpenStoreOptions, openStore } from './open-store.ts'
import type { Database } from './schema.ts'
import { testDatabases } from './test-databases.ts'

/** An empty store in a database of its own; `close` drops the database. */
export type TestStore = StoreSubject & { readonly url: string; readonly engine: Engine<Database> }

export type OpenTestStore = (options?: Omit<OpenStoreOptions, 'url'>) => Promise<TestStore>

/**
 * Calls `define` for every engine that there is: SQLite in a temporary folder, and PostgreSQL when
 * a server answers at STRONGROOM_TEST_POSTGRES_URL (a printed line says when none does). To be
 * awaited at the top of a test file.
 */
export async function forEachEngine(
  define: (kind: EngineKind, openTestStore: OpenTestStore) => void,
): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: says where tests find a server; nothing else reads it
  for (const databases of await testDatabases(process.env.STRONGROOM_TEST_POSTGRES_URL)) {
    define(databases.kind, async (options = {}) => {
      const database = await databases.create()
      const { store, engine, close } = await openStore({ ...options, url: database.url })
      return {
        store,
        engine,
        url: database.url,
        tenants: [1, 2],
        async close() {
          await close()
          await database.drop()
        },
      }
    })
  }
}
