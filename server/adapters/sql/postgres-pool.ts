import type { CompiledQuery, QueryResult } from 'kysely'
import pg from 'pg'
import { Fault } from '../../core/fault.ts'
import type { PostgresLimits } from './engine.ts'
import { EngineError } from './engine-error.ts'
import { codeOf, isConnectionLoss } from './postgres-codes.ts'

export type PostgresPool = {
  take(): Promise<PostgresConnection>
  /** Statements run since it was opened. */
  count(): number
  waiting(): number
  end(): Promise<void>
}

export type PostgresConnection = {
  run<R>(query: Pick<CompiledQuery, 'sql' | 'parameters'>): Promise<QueryResult<R>>
  /** Ends its use; a broken one is thrown away. */
  release(broken?: boolean): void
}

export type PoolOptions = {
  readonly url: string
  readonly size: number
  readonly readOnly: boolean
  readonly limits: PostgresLimits
  readonly warn: (message: string) => void
}

// Our statements follow keys from row to row. Without statistics (a new database, autovacuum behind
// or off) the planner takes a tenant for a handful of rows and reads all of it to hash it.
const planning = ['enable_hashjoin=off', 'enable_mergejoin=off', 'jit=off']

const oid = { int8: 20, numeric: 1700 }
const changing = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE'])

/**
 * A pool of connections. Values come as on SQLite: int8 and whole numerics (sums) as numbers, an
 * EngineError 'out-of-range' beyond 2^53; bytea as Uint8Array. A lost connection is reported as
 * EngineError 'unreachable', a statement that took too long as 'timeout'.
 */
export function postgresPool({ url, size, readOnly, limits, warn }: PoolOptions): PostgresPool {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    connectionTimeoutMillis: limits.connectMs,
    statement_timeout: limits.statementMs,
    application_name: 'strongroom',
    keepAlive: true,
    options: [...planning, ...(readOnly ? ['default_transaction_read_only=on'] : [])]
      .map((setting) => `-c ${setting}`)
      .join(' '),
    types: { getTypeParser: parserOf },
  })
  const lost = (error: Error) => warn(`A connection to PostgreSQL was lost: ${error.message}`)
  // The pool hears idle connections only, and an error that nobody hears would end the process: so
  // each connection tells its own loss, and the pool need not repeat it.
  pool.on('connect', (client) => client.on('error', lost))
  pool.on('error', () => undefined)
  const names = statementNames(limits.namedStatements)
  let count = 0
  return {
    async take() {
      const client = await connect(pool)
      return {
        async run<R>(query: Pick<CompiledQuery, 'sql' | 'parameters'>) {
          count++
          return runOn<R>(client, query, names(query.sql))
        },
        release: (broken = false) => client.release(broken),
      }
    },
    count: () => count,
    waiting: () => pool.waitingCount,
    end: () => pool.end(),
  }
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect()
  } catch (error) {
    if (codeOf(error)?.startsWith('28') || codeOf(error) === '3D000') throw error
    const full = pool.totalCount >= pool.options.max
    throw full
      ? new EngineError('busy', `All ${pool.totalCount} connections are in use`, error)
      : new EngineError('unreachable', 'PostgreSQL cannot be reached', error)
  }
}

async function runOn<R>(
  client: pg.PoolClient,
  { sql, parameters }: Pick<CompiledQuery, 'sql' | 'parameters'>,
  name: string | undefined,
): Promise<QueryResult<R>> {
  try {
    const values = parameters as unknown[]
    const { command, rowCount, rows } = await client.query(
      values.length === 0 && name === undefined
        ? { text: sql }
        : { text: sql, values, ...(name === undefined ? {} : { name }) },
    )
    if (changing.has(command)) return { rows, numAffectedRows: BigInt(rowCount ?? 0) }
    return { rows: command === 'COMMIT' || command === 'ROLLBACK' ? [{ command } as R] : rows }
  } catch (error) {
    throw reported(error)
  }
}

function reported(error: unknown): unknown {
  if (isConnectionLoss(error)) {
    return new EngineError('unreachable', 'The connection to PostgreSQL was lost', error)
  }
  const code = codeOf(error)
  if (code === '57014') return new EngineError('timeout', 'A statement took too long', error)
  if (code === '53100') {
    return new EngineError('storage-full', 'The disk of the database is full', error)
  }
  // PostgreSQL's text has no NUL; where a text is looked up as it came, that is the caller's fault.
  if (code === '22021') {
    return new Fault('invalid', 'body', undefined, { field: 'text', rule: 'control' })
  }
  return error
}

/** Names the first `limit` different statements, so that PostgreSQL parses each once. */
function statementNames(limit: number): (sql: string) => string | undefined {
  const names = new Map<string, string>()
  return (sql) => {
    const known = names.get(sql)
    if (known !== undefined || names.size >= limit) return known
    const name = `s${names.size}`
    names.set(sql, name)
    return name
  }
}

function parserOf(type: number, format?: 'text' | 'binary'): (text: string) => unknown {
  if (format !== 'binary' && (type === oid.int8 || type === oid.numeric)) return exactNumber
  return format === 'binary'
    ? pg.types.getTypeParser(type, 'binary')
    : pg.types.getTypeParser(type, 'text')
}

function exactNumber(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new EngineError('out-of-range', `${text} cannot be held exactly`)
  }
  return value
}
