import type { CompiledQuery, Kysely, QueryResult } from 'kysely'
import { EngineError } from './engine-error.ts'
import type { EngineGate } from './engine-gate.ts'
import type { HandleMaker } from './engine-handle.ts'
import { inFlight } from './in-flight.ts'
import type { SqliteConnection } from './sqlite-connection.ts'

export type Snapshots = {
  run<T>(fn: (db: Kysely<unknown>) => Promise<T>): Promise<T>
  count(): number
  close(): Promise<void>
}

const connectionsAtMost = 4

/** Read transactions, each on a connection of its own; when all are taken, the next one waits. */
export function snapshots(
  open: () => SqliteConnection,
  gate: EngineGate,
  maker: HandleMaker,
): Snapshots {
  const all: SqliteConnection[] = []
  const free: SqliteConnection[] = []
  const waiting: ((connection: SqliteConnection) => void)[] = []
  const running = inFlight()

  async function take(): Promise<SqliteConnection> {
    const known = free.pop()
    if (known) return known
    if (all.length >= connectionsAtMost) return new Promise((resolve) => waiting.push(resolve))
    const opened = open()
    all.push(opened)
    return opened
  }

  function giveBack(connection: SqliteConnection): void {
    const next = waiting.shift()
    if (next) next(connection)
    else free.push(connection)
  }

  return {
    async run(fn) {
      gate.check()
      return running.run(async () => {
        const connection = await take()
        try {
          return await inOneState(connection, maker, fn)
        } finally {
          giveBack(connection)
        }
      })
    },
    count: () => all.reduce((sum, connection) => sum + connection.count(), 0),
    async close() {
      await running.idle()
      for (const connection of all) connection.close()
    },
  }
}

async function inOneState<T>(
  connection: SqliteConnection,
  maker: HandleMaker,
  fn: (db: Kysely<unknown>) => Promise<T>,
): Promise<T> {
  let over = false
  async function run<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (over) throw new EngineError('over', 'A statement on a snapshot that has ended')
    return connection.run<R>(query)
  }
  connection.command('begin')
  try {
    connection.run({ sql: 'select count(*) from sqlite_schema', parameters: [] })
    return await fn(maker.handle(run))
  } finally {
    over = true
    connection.command('rollback')
  }
}
