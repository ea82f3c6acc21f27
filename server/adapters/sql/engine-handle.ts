import {
  type CompiledQuery,
  type ConnectionProvider,
  type DatabaseConnection,
  DefaultQueryExecutor,
  type Dialect,
  type DialectAdapter,
  DummyDriver,
  type Kysely,
  type KyselyConfig,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  Transaction,
} from 'kysely'
import type { EngineKind } from './engine.ts'

/** Runs one compiled statement on one connection. */
export type RunQuery = <R>(query: CompiledQuery) => Promise<QueryResult<R>>

/** SQLite's schema statements are transactional; Kysely's own adapter does not use that. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** Kysely's executor, and the way past it for statements that are compiled already. */
export class DirectExecutor extends DefaultQueryExecutor {
  readonly run: RunQuery

  constructor(compiler: QueryCompiler, adapter: DialectAdapter, run: RunQuery) {
    super(compiler, adapter, providerOf(run))
    this.run = run
  }
}

/** What all handles of one engine share; the adapter is the engine's identity. */
export type HandleMaker = {
  readonly adapter: DialectAdapter
  /** A Kysely whose statements all go to `run`; it opens no transactions of its own. */
  handle<DB>(run: RunQuery): Kysely<DB>
}

/** Makes Kysely handles that cost no driver, no mutex and no connection look-up each. */
export function handleMaker(kind: EngineKind): HandleMaker {
  const dialect = dialectOf(kind)
  const config: KyselyConfig = { dialect }
  const adapter = dialect.createAdapter()
  const compiler = dialect.createQueryCompiler()
  const driver = new DummyDriver()
  return {
    adapter,
    handle(run) {
      const executor = new DirectExecutor(compiler, adapter, run)
      return new Transaction({ config, dialect, driver, executor })
    },
  }
}

/** Which engine a handle belongs to. */
export function kindOf<DB>(db: Kysely<DB>): EngineKind {
  return db.getExecutor().adapter instanceof SqliteAdapter ? 'sqlite' : 'postgres'
}

function dialectOf(kind: EngineKind): Dialect {
  const sqlite = kind === 'sqlite'
  return {
    createAdapter: () => (sqlite ? new TransactionalSqliteAdapter() : new PostgresAdapter()),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) =>
      sqlite ? new SqliteIntrospector(db) : new PostgresIntrospector(db),
    createQueryCompiler: () => (sqlite ? new SqliteQueryCompiler() : new PostgresQueryCompiler()),
  }
}

function providerOf(run: RunQuery): ConnectionProvider {
  const connection: DatabaseConnection = {
    executeQuery: run,
    streamQuery() {
      throw new Error('Results are not streamed: read pages by key')
    },
  }
  return { provideConnection: (consumer) => consumer(connection) }
}
