import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises'
import type { CompiledQuery, Kysely, QueryResult } from 'kysely'
import type { SqliteLimits } from './engine.ts'
import { EngineError } from './engine-error.ts'
import type { EngineGate } from './engine-gate.ts'
import type { HandleMaker } from './engine-handle.ts'
import { primaryCode, sqliteCode } from './sqlite-codes.ts'
import type { SqliteConnection } from './sqlite-connection.ts'
import type { SqliteLog } from './sqlite-log.ts'

export type SqliteWriter = {
  /** Queues one writer; resolves when its commit is flushed. `alone`: no batch, no time limit. */
  write<T>(fn: (db: Kysely<unknown>) => Promise<T>, alone?: boolean): Promise<T>
  commits(): number
  queued(): number
  /** Resolves when nothing is queued or running. */
  idle(): Promise<void>
}

type Parts = {
  readonly connection: SqliteConnection
  readonly log: SqliteLog
  readonly gate: EngineGate
  readonly maker: HandleMaker
  readonly limits: SqliteLimits
  /** Waited for before each batch, so that the log stays bounded. */
  readonly room: () => Promise<void>
  /** Called after each commit. */
  readonly committed: () => void
}

type Job = {
  readonly fn: (db: Kysely<unknown>) => Promise<unknown>
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
  readonly untimed: boolean
  alone: boolean
}

type Outcome = {
  readonly job: Job
  readonly failed: boolean
  readonly value?: unknown
  readonly error?: unknown
}

/**
 * Group commit: queued writers run one after the other as savepoints of one transaction, so each
 * fails alone; their answers wait for one shared flush of the log. Batches go on while an earlier
 * one is being flushed. Refusals wait for the flush as well: one may rest on what a neighbour in
 * the batch wrote ("the name is taken").
 */
export function sqliteWriter(parts: Parts): SqliteWriter {
  const { connection, log, gate, limits } = parts
  const queue: Job[] = []
  const watch = writerWatch(limits.writerMs)
  let commits = 0
  let running: Promise<void> | undefined

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      await turn()
      try {
        gate.sound()
        await parts.room()
        await begin(connection, limits.busyMs)
      } catch (error) {
        for (const job of queue.splice(0)) job.reject(error)
        continue
      }
      const { outcomes, lost } = await runBatch(queue, parts, watch)
      if (lost) {
        queue.unshift(...toRepeat(outcomes, lost.cause, parts))
        continue
      }
      if (outcomes.some(({ failed }) => !failed)) commits = log.committed()
      parts.committed()
      void answer(outcomes, log)
    }
    running = undefined
  }

  return {
    write(fn, alone = false) {
      return new Promise((resolve, reject) => {
        gate.check()
        if (queue.length >= limits.queuedWriters) {
          throw new EngineError('busy', `${queue.length} writers are waiting`)
        }
        const settle = resolve as (value: unknown) => void
        queue.push({ fn, resolve: settle, reject, alone, untimed: alone })
        running ??= drain()
      })
    },
    commits: () => commits,
    queued: () => queue.length,
    idle: () => running ?? Promise.resolve(),
  }
}

/** `lost`: the whole transaction was rolled back, and why. */
type Batch = { readonly outcomes: Outcome[]; readonly lost?: { readonly cause: unknown } }

/** Runs what is queued, up to the limits, in the transaction that is open, and commits it. */
async function runBatch(queue: Job[], parts: Parts, watch: Watch): Promise<Batch> {
  const { connection, limits } = parts
  const started = performance.now()
  const outcomes: Outcome[] = []
  while (queue.length > 0 && outcomes.length < limits.batchWriters) {
    if (queue[0]!.alone && outcomes.length > 0) break
    if (performance.now() - started > limits.batchMs && outcomes.length > 0) break
    const job = queue.shift()!
    const outcome = await runJob(job, parts, watch)
    outcomes.push(outcome)
    if (!connection.database.isTransaction) return { outcomes, lost: { cause: outcome.error } }
    if (job.alone) break
  }
  try {
    connection.command('commit')
  } catch (cause) {
    rollBack(parts)
    return { outcomes, lost: { cause } }
  }
  return { outcomes }
}

/**
 * The whole batch was lost: its writers, to be run again in transactions of their own. One that was
 * alone, or all when the disk failed, hear the error instead.
 */
function toRepeat(outcomes: Outcome[], cause: unknown, { gate }: Parts): Job[] {
  const error = lossOf(cause, gate)
  const broken = error instanceof EngineError && error.code === 'broken'
  const jobs = outcomes.map(({ job }) => job)
  if (jobs.length === 1 || broken) {
    for (const job of jobs) job.reject(error)
    return []
  }
  for (const job of jobs) job.alone = true
  return jobs
}

function rollBack({ connection, gate }: Parts): void {
  if (!connection.database.isTransaction) return
  try {
    connection.command('rollback')
  } catch (error) {
    gate.fail('A transaction could not be rolled back', error)
  }
}

/** Takes the write lock. Another process may hold it: waits without blocking the event loop. */
async function begin(connection: SqliteConnection, busyMs: number): Promise<void> {
  const until = performance.now() + busyMs
  for (let pause = 1; ; pause = Math.min(pause * 2, 50)) {
    try {
      return connection.command('begin immediate')
    } catch (error) {
      if (primaryCode(error) !== sqliteCode.busy) throw error
      if (performance.now() > until) {
        throw new EngineError('busy', 'Another process holds the write lock', error)
      }
    }
    await sleep(pause)
  }
}

/** Runs one writer in a savepoint of its own; its error undoes only what it did itself. */
async function runJob(job: Job, parts: Parts, watch: Watch): Promise<Outcome> {
  const { connection } = parts
  let over = false
  async function run<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (over) throw new EngineError('over', 'A statement on a transaction that has ended')
    return connection.run<R>(query)
  }
  try {
    connection.command('savepoint writer')
    const work = job.fn(parts.maker.handle(run))
    const value = await (job.untimed ? work : watch(work))
    over = true
    connection.command('release writer')
    return { job, failed: false, value }
  } catch (error) {
    over = true
    undo(parts)
    return { job, failed: true, error: fullOr(error) }
  }
}

/** Undoes one writer; where that fails, the whole transaction. */
function undo(parts: Parts): void {
  const { connection } = parts
  if (!connection.database.isTransaction) return
  try {
    connection.command('rollback to writer')
    connection.command('release writer')
  } catch {
    rollBack(parts)
  }
}

type Watch = <T>(work: Promise<T>) => Promise<T>

/** Rejects work as `stuck` after `ms`. One timer serves all writers: a new one each costs more. */
function writerWatch(ms: number): Watch {
  let stuck: ((error: EngineError) => void) | undefined
  let timer: NodeJS.Timeout | undefined
  const over = () => {
    const reject = stuck
    stuck = undefined
    reject?.(new EngineError('stuck', `A writer did not finish its statements in ${ms} ms`))
  }
  return (work) =>
    new Promise((resolve, reject) => {
      stuck = reject
      if (timer) timer.refresh()
      else timer = setTimeout(over, ms)
      timer.ref()
      // Work that was given up may still end, beside the next one's.
      const end = () => {
        if (stuck !== reject) return
        stuck = undefined
        timer?.unref()
      }
      work.then(
        (value) => {
          end()
          resolve(value)
        },
        (error) => {
          end()
          reject(error)
        },
      )
    })
}

/** Tells every writer of a batch its outcome when the batch, and what it read, is flushed. */
async function answer(outcomes: Outcome[], log: SqliteLog): Promise<void> {
  try {
    await log.flushed()
  } catch (error) {
    for (const { job } of outcomes) job.reject(error)
    return
  }
  for (const { job, failed, value, error } of outcomes) {
    if (failed) job.reject(error)
    else job.resolve(value)
  }
}

function fullOr(error: unknown): unknown {
  if (primaryCode(error) !== sqliteCode.full) return error
  return new EngineError('storage-full', 'The disk of the database is full', error)
}

/** What to say when a whole transaction was lost; shuts the gate when the disk fails. */
function lossOf(cause: unknown, gate: EngineGate): unknown {
  const code = primaryCode(cause)
  const { ioError, corrupt, notADatabase } = sqliteCode
  if (code === ioError || code === corrupt || code === notADatabase) {
    return gate.fail('The database could not be written', cause)
  }
  return fullOr(cause)
}
