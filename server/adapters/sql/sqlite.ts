import type { CompiledQuery, Kysely, QueryResult } from 'kysely'
import type { Engine, EngineOptions, SqliteLimits } from './engine.ts'
import { engineGate } from './engine-gate.ts'
import { handleMaker } from './engine-handle.ts'
import { checkpointer } from './sqlite-checkpoint.ts'
import {
  type ConnectionOptions,
  openConnection,
  type SqliteConnection,
} from './sqlite-connection.ts'
import { lockDatabase } from './sqlite-lock.ts'
import { flushDescriptor, openLog } from './sqlite-log.ts'
import { snapshots } from './sqlite-snapshots.ts'
import { sqliteWriter } from './sqlite-writer.ts'

const defaults: SqliteLimits = {
  batchWriters: 64,
  batchMs: 5,
  queuedWriters: 10_000,
  writerMs: 10_000,
  busyMs: 10_000,
  checkpointBytes: 16 * 1024 * 1024,
  walBytes: 64 * 1024 * 1024,
  cacheBytes: 16 * 1024 * 1024,
  cachedStatements: 500,
  flush: flushDescriptor,
}

/**
 * Opens a SQLite file, made when it does not exist: one writer connection with group commit, one
 * for single reads beside it, a few for snapshots, and one in a worker thread for checkpoints.
 * Throws EngineError 'in-use' when another server has it.
 */
export function openSqlite<DB>(path: string, options: EngineOptions): Engine<DB> {
  const lock = options.role === 'tool' ? undefined : lockDatabase(path)
  try {
    return assemble<DB>(path, options, () => lock?.release())
  } catch (error) {
    lock?.release()
    throw error
  }
}

function assemble<DB>(path: string, options: EngineOptions, release: () => void): Engine<DB> {
  const limits = { ...defaults, ...options.sqlite }
  const warn = options.onWarning ?? (() => undefined)
  const gate = engineGate(options.onFault)
  const maker = handleMaker('sqlite')
  const reading: ConnectionOptions = { ...limits, readOnly: true, waitMs: 5000 }

  const connection = openConnection(path, { ...limits, waitMs: 0 })
  startLog(connection, limits)
  const reader = openConnection(path, reading)
  const log = openLog(path, gate, limits.flush)
  const states = snapshots(() => openConnection(path, reading), gate, maker)
  const checkpoints = checkpointer({ path, connection, gate, limits, warn })
  const { room, committed } = checkpoints
  const writer = sqliteWriter({ connection, log, gate, maker, limits, room, committed })

  async function readOne<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    gate.check()
    return connection.runIfIdle<R>(query) ?? reader.run<R>(query)
  }
  type Work = (db: Kysely<unknown>) => Promise<never>
  return {
    kind: 'sqlite',
    read: maker.handle(readOne),
    write: (fn) => writer.write(fn as Work),
    exclusive: (fn) => writer.write(fn as Work, true),
    async snapshot(fn) {
      const result = await states.run(fn as Work)
      await log.flushed()
      return result
    },
    settled: () => log.flushed(),
    stats: () => ({
      commits: writer.commits(),
      flushes: log.flushes(),
      queued: writer.queued(),
      statements: connection.count() + reader.count() + states.count(),
    }),
    async close() {
      gate.close()
      try {
        await writer.idle()
        await log.flushed()
      } finally {
        await states.close()
        await checkpoints.close()
        reader.close()
        connection.close()
        log.close()
        release()
      }
    },
  }
}

/** Makes SQLite write ahead, and create the log, so that it can be opened and flushed by us. */
function startLog(connection: SqliteConnection, limits: SqliteLimits): void {
  const { database } = connection
  database.exec(`pragma busy_timeout=${limits.busyMs}`)
  const mode = database.prepare('pragma journal_mode=wal').get()?.journal_mode
  if (mode !== 'wal') throw new Error(`SQLite cannot write ahead here (journal mode ${mode})`)
  database.exec(`pragma synchronous=normal; pragma journal_size_limit=${limits.walBytes};
    select count(*) from sqlite_schema; pragma busy_timeout=0`)
}
