import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { CompiledQuery, QueryResult } from 'kysely'
import { EngineError } from './engine-error.ts'
import { primaryCode, sqliteCode } from './sqlite-codes.ts'

export type SqliteConnection = {
  readonly database: DatabaseSync
  /** Runs one statement at once. Throws node:sqlite's error (errcode is SQLite's extended code). */
  run<R>(query: Pick<CompiledQuery, 'sql' | 'parameters'>): QueryResult<R>
  /**
   * Runs a reading statement as `run` does; undefined when a transaction is open, another process
   * is in the way, or the statement may write. Between transactions the writer's connection shows
   * what is committed, and its page cache stays warm; that of any other starts anew after each
   * commit.
   */
  runIfIdle<R>(query: Pick<CompiledQuery, 'sql' | 'parameters'>): QueryResult<R> | undefined
  /** Runs a statement without parameters and results, prepared once. */
  command(sql: string): void
  /** Statements run since it was opened. */
  count(): number
  /** Prepared statements that are kept now. */
  cached(): number
  close(): void
}

export type ConnectionOptions = {
  readonly readOnly?: boolean
  readonly cacheBytes: number
  readonly cachedStatements: number
  /** How long a statement waits, blocking, for a lock of another process. */
  readonly waitMs: number
}

type Prepared = {
  readonly statement: StatementSync
  readonly returnsRows: boolean
  readonly onlyReads: boolean
}

/** A word too many costs only the warm cache: whatever looks like a change is none of these. */
const isReading = (sql: string): boolean =>
  /^\s*(?:select|with)\b/i.test(sql) && !/\b(?:insert|update|delete|replace)\b/i.test(sql)

/**
 * Opens one connection. Integers come as numbers (node:sqlite throws beyond 2^53), blobs as
 * Uint8Array. LIKE tells upper from lower case, as PostgreSQL does.
 */
export function openConnection(path: string, options: ConnectionOptions): SqliteConnection {
  const database = new DatabaseSync(path, {
    readOnly: options.readOnly ?? false,
    timeout: options.waitMs,
    enableForeignKeyConstraints: true,
  })
  database.exec(`pragma cache_size=-${Math.ceil(options.cacheBytes / 1024)};
    pragma temp_store=memory; pragma case_sensitive_like=on; pragma wal_autocheckpoint=0;
    pragma trusted_schema=off`)
  const statements = statementCache(database, options.cachedStatements)
  let count = 0
  return {
    database,
    run(query) {
      count++
      const { statement, returnsRows } = statements.get(query.sql)
      const parameters = query.parameters as SQLInputValue[]
      if (returnsRows) return { rows: rowsOf(statement, parameters) }
      const { changes, lastInsertRowid } = statement.run(...parameters)
      return {
        rows: [],
        numAffectedRows: BigInt(changes),
        insertId: BigInt(lastInsertRowid),
      }
    },
    runIfIdle(query) {
      if (database.isTransaction) return undefined
      const { statement, returnsRows, onlyReads } = statements.get(query.sql)
      if (!returnsRows || !onlyReads) return undefined
      count++
      try {
        return { rows: rowsOf(statement, query.parameters as SQLInputValue[]) }
      } catch (error) {
        if (primaryCode(error) === sqliteCode.busy) return undefined
        throw error
      }
    },
    command(sql) {
      statements.get(sql).statement.run()
    },
    count: () => count,
    cached: () => statements.size(),
    close: () => database.close(),
  }
}

function rowsOf<R>(statement: StatementSync, parameters: SQLInputValue[]): R[] {
  try {
    return statement.all(...parameters) as R[]
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new EngineError('out-of-range', 'A stored number cannot be held exactly', error)
  }
}

/**
 * Keeps prepared statements by their text: at most `limit`, in two generations. What is used stays
 * in the young one; when that is full, what was not used since is dropped.
 */
function statementCache(database: DatabaseSync, limit: number) {
  const half = Math.max(1, Math.floor(limit / 2))
  let young = new Map<string, Prepared>()
  let old = new Map<string, Prepared>()

  function keep(sql: string, prepared: Prepared): Prepared {
    if (young.size >= half) {
      old = young
      young = new Map()
    }
    young.set(sql, prepared)
    return prepared
  }

  return {
    get(sql: string): Prepared {
      const known = young.get(sql)
      if (known) return known
      const aged = old.get(sql)
      if (aged) {
        old.delete(sql)
        return keep(sql, aged)
      }
      const statement = database.prepare(sql)
      const returnsRows = statement.columns().length > 0
      return keep(sql, { statement, returnsRows, onlyReads: isReading(sql) })
    },
    size: () => young.size + old.size,
  }
}
