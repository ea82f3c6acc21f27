import type { Kysely } from 'kysely'
import type { EngineError } from './engine-error.ts'

export type EngineKind = 'sqlite' | 'postgres'

/** Counters since the start; `queued` is how many writers wait now. */
export type EngineStats = {
  readonly commits: number
  readonly flushes: number
  readonly queued: number
  readonly statements: number
}

/**
 * One database behind one surface, on SQLite and on PostgreSQL.
 *
 * A function given to `write` does statements and nothing else: no input or output, no timer, no
 * other `write`. It may run more than once (a serialisation conflict, a batch that had
 * to be repeated), so it starts from nothing each time and leaves no trace outside when it throws.
 */
export type Engine<DB> = {
  readonly kind: EngineKind
  /** Statements outside a transaction, read-only. Each sees the newest committed state. */
  readonly read: Kysely<DB>
  /**
   * One transaction. Resolves when it is committed and flushed to the disk. What `fn` throws rolls
   * back and is thrown again. Throws EngineError for what the database itself could not do.
   */
  write<T>(fn: (db: Kysely<DB>) => Promise<T>): Promise<T>
  /**
   * One consistent state over several statements; what it saw is flushed when it resolves. Runs
   * once. While it lasts SQLite's log grows and PostgreSQL keeps dead rows: only a backup, which
   * writes files between its statements, takes more than moments.
   */
  snapshot<T>(fn: (db: Kysely<DB>) => Promise<T>): Promise<T>
  /** A write that runs alone across all processes and without time limits: for migrations. */
  exclusive<T>(fn: (db: Kysely<DB>) => Promise<T>): Promise<T>
  /**
   * Resolves when everything that is committed now is flushed as well. `read` may see a commit
   * some milliseconds before; who passes on what he read (webhooks, mail) waits for this first.
   */
  settled(): Promise<void>
  stats(): EngineStats
  /** Finishes what is queued, then closes. Later calls throw EngineError 'closed'. */
  close(): Promise<void>
}

export type EngineOptions = {
  /** `sqlite:/path/file.db` or `postgres://…`. */
  readonly url: string
  /** A server holds its SQLite directory alone; a tool (doctor, backup) may join it. */
  readonly role?: 'server' | 'tool'
  /** Told once when the engine refuses everything from now on: the process should end. */
  readonly onFault?: (error: EngineError) => void
  /** Told what an operator should know; the engine goes on. */
  readonly onWarning?: (message: string) => void
  readonly sqlite?: Partial<SqliteLimits>
  readonly postgres?: Partial<PostgresLimits>
}

export type SqliteLimits = {
  /** Writers that share one commit, and for how long they may hold the event loop. */
  readonly batchWriters: number
  readonly batchMs: number
  /** Writers that may wait; the next is refused with 'busy'. */
  readonly queuedWriters: number
  /** A writer that has not finished by then waits for something else: rolled back as 'stuck'. */
  readonly writerMs: number
  /** How long another process may hold the write lock. */
  readonly busyMs: number
  /** Size of the log at which a checkpoint starts, and at which writers wait for one. */
  readonly checkpointBytes: number
  readonly walBytes: number
  /** Page cache of each connection. */
  readonly cacheBytes: number
  readonly cachedStatements: number
  /** Flushes the log; replaced in tests. */
  readonly flush: (descriptor: number) => Promise<void>
}

export type PostgresLimits = {
  readonly readers: number
  readonly writers: number
  readonly connectMs: number
  /** 0 is none. */
  readonly statementMs: number
  /** 'serializable' needs no `hold`, but repeats much work on rows that many change. */
  readonly isolation: 'read committed' | 'serializable'
  /** Attempts of one write when transactions collide. */
  readonly attempts: number
  /** Prepared statements per connection. 0 for a pooler between that cannot keep them. */
  readonly namedStatements: number
}
