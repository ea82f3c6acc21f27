import { setTimeout as sleep } from 'node:timers/promises'
import type { CompiledQuery, Kysely, QueryResult } from 'kysely'
import type { Engine, EngineOptions, PostgresLimits } from './engine.ts'
import { EngineError } from './engine-error.ts'
import { engineGate } from './engine-gate.ts'
import { type HandleMaker, handleMaker } from './engine-handle.ts'
import { inFlight } from './in-flight.ts'
import { isCollision } from './postgres-codes.ts'
import { type PostgresConnection, type PostgresPool, postgresPool } from './postgres-pool.ts'

const defaults: PostgresLimits = {
  readers: 8,
  writers: 16,
  connectMs: 10_000,
  statementMs: 30_000,
  isolation: 'read committed',
  attempts: 12,
  namedStatements: 500,
}

/** One number of our own among PostgreSQL's advisory locks: held by `exclusive`. */
const exclusiveLock = 7301947211

/**
 * Connects to PostgreSQL. Reads and snapshots have connections that cannot write. Throws
 * EngineError 'unreachable' when no server answers; warns when its settings can lose a commit.
 */
export async function openPostgres<DB>(options: EngineOptions): Promise<Engine<DB>> {
  const limits = { ...defaults, ...options.postgres }
  const warn = options.onWarning ?? (() => undefined)
  const gate = engineGate(options.onFault)
  const maker = handleMaker('postgres')
  const pool = { url: options.url, limits, warn }
  const readers = postgresPool({ ...pool, size: limits.readers, readOnly: true })
  const writers = postgresPool({ ...pool, size: limits.writers, readOnly: false })
  const beginWrite = [`begin isolation level ${limits.isolation}`]
  const running = inFlight()
  let commits = 0

  async function accept<T>(work: () => Promise<T>): Promise<T> {
    gate.check()
    return running.run(work)
  }

  async function write<T>(fn: Work<T>, begin: readonly string[]): Promise<T> {
    const value = await repeated(limits.attempts, () =>
      using(writers, (connection) => inTransaction(connection, maker, begin, fn)),
    )
    commits++
    return value
  }

  try {
    await checkSettings(writers, warn)
  } catch (error) {
    await Promise.all([readers.end(), writers.end()])
    throw error
  }
  return {
    kind: 'postgres',
    read: maker.handle((query) => accept(() => using(readers, (one) => one.run(query)))),
    write: (fn) => accept(() => write(fn as Work<never>, beginWrite)),
    exclusive: (fn) => accept(() => write(fn as Work<never>, beginExclusive)),
    snapshot: (fn) =>
      accept(() =>
        using(readers, (one) => inTransaction(one, maker, [beginSnapshot], fn as Work<never>)),
      ),
    settled: () => Promise.resolve(),
    stats: () => ({
      commits,
      flushes: commits,
      queued: writers.waiting(),
      statements: readers.count() + writers.count(),
    }),
    async close() {
      gate.close()
      await running.idle()
      await Promise.all([readers.end(), writers.end()])
    },
  }
}

type Work<T> = (db: Kysely<unknown>) => Promise<T>

const beginSnapshot = 'begin isolation level repeatable read read only'
const beginExclusive = [
  'begin isolation level read committed',
  'set local statement_timeout = 0',
  `select pg_advisory_xact_lock(${exclusiveLock})`,
]

/** Does it again, after a random pause, as long as it meets other transactions. */
async function repeated<T>(attempts: number, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (!isCollision(error)) throw error
      if (attempt >= attempts) {
        throw new EngineError('busy', `${attempt} attempts met other transactions`, error)
      }
    }
    await sleep(Math.random() * Math.min(2 ** attempt, 100))
  }
}

async function using<T>(
  pool: PostgresPool,
  fn: (connection: PostgresConnection) => Promise<T>,
): Promise<T> {
  const connection = await pool.take()
  let broken = false
  try {
    return await fn(connection)
  } catch (error) {
    broken =
      error instanceof EngineError && (error.code === 'unreachable' || error.code === 'uncertain')
    throw error
  } finally {
    connection.release(broken)
  }
}

async function inTransaction<T>(
  connection: PostgresConnection,
  maker: HandleMaker,
  begin: readonly string[],
  fn: Work<T>,
): Promise<T> {
  let over = false
  async function run<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (over) throw new EngineError('over', 'A statement on a transaction that has ended')
    return connection.run<R>(query)
  }
  for (const sql of begin) await connection.run({ sql, parameters: [] })
  let value: T
  try {
    value = await fn(maker.handle(run))
  } catch (error) {
    over = true
    await rollBack(connection)
    throw error
  }
  over = true
  await commit(connection)
  return value
}

/** A lost connection rolls back by itself; the error that led here is the one to report. */
async function rollBack(connection: PostgresConnection): Promise<void> {
  try {
    await connection.run({ sql: 'rollback', parameters: [] })
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
  }
}

async function commit(connection: PostgresConnection): Promise<void> {
  let command: string | undefined
  try {
    const { rows } = await connection.run<{ command: string }>({ sql: 'commit', parameters: [] })
    command = rows[0]?.command
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    throw new EngineError('uncertain', 'The connection was lost during a commit', error)
  }
  if (command === 'ROLLBACK') {
    throw new Error('The transaction was rolled back: a failed statement in it was passed over')
  }
}

async function checkSettings(pool: PostgresPool, warn: (message: string) => void): Promise<void> {
  const sql = `select name, setting from pg_settings
    where name in ('synchronous_commit', 'fsync', 'full_page_writes') and setting = 'off'`
  const { rows } = await using(pool, (connection) =>
    connection.run<{ name: string }>({ sql, parameters: [] }),
  )
  for (const { name } of rows) warn(`PostgreSQL runs with ${name}=off: it can lose commits`)
}
