import { Worker } from 'node:worker_threads'
import type { SqliteLimits } from './engine.ts'
import type { EngineGate } from './engine-gate.ts'
import type { CheckpointMode, CheckpointReply } from './sqlite-checkpoint-worker.ts'
import { sqliteCode } from './sqlite-codes.ts'
import type { SqliteConnection } from './sqlite-connection.ts'

export type Checkpointer = {
  /** Called after each commit: starts a checkpoint beside the writers when the log has grown. */
  committed(): void
  /** Resolves when the log has room for more; writers wait for it before they begin. */
  room(): Promise<void>
  /** Brings the log into the database and ends the worker. */
  close(): Promise<void>
}

type Parts = {
  readonly path: string
  readonly connection: SqliteConnection
  readonly gate: EngineGate
  readonly limits: SqliteLimits
  readonly warn: (message: string) => void
}

const frameBytes = 4096 + 24
/** So many commits may go by between two looks at the log; fewer where they are large. */
const maxUnmeasured = 16

/**
 * Moves the log into the database in a worker thread, with a connection that flushes both files.
 *
 * Beside busy writers a checkpoint never reaches the end of the log, so the log would grow for
 * ever: at `walBytes` the writers wait for one more, which then has little left to do, and the
 * next commit starts the log from its beginning. A reader that stays in an old state prevents
 * that; then the log grows on, tried again after each `checkpointBytes`, and the operator is told.
 */
export function checkpointer({ path, connection, gate, limits, warn }: Parts): Checkpointer {
  let nextStart = limits.checkpointBytes
  let nextHold = limits.walBytes
  let lastBytes = 0
  const due = measuring(limits.checkpointBytes)
  let running: Promise<void> | undefined
  let worker: CheckpointWorker | undefined

  function size(): { bytes: number; behind: boolean } {
    try {
      return sizeOf(connection)
    } catch (error) {
      gate.fail('The log could not be measured', error)
      return { bytes: 0, behind: false }
    }
  }

  async function run(mode: CheckpointMode): Promise<void> {
    worker ??= checkpointWorker(path)
    const reply = await worker.ask(mode)
    if (!('error' in reply)) return
    if (reply.code === undefined || (reply.code & 0xff) === sqliteCode.full) {
      warn(`A checkpoint failed and is tried again later: ${reply.error}`)
    } else if ((reply.code & 0xff) !== sqliteCode.busy) {
      gate.fail('A checkpoint failed', new Error(`${reply.error} (code ${reply.code})`))
    }
  }

  function start(mode: CheckpointMode): Promise<void> {
    running ??= run(mode).finally(() => {
      running = undefined
    })
    return running
  }

  return {
    committed() {
      if (!due.now()) return
      const { bytes, behind } = size()
      due.grown(bytes - lastBytes)
      if (bytes < lastBytes) {
        nextStart = limits.checkpointBytes
        nextHold = limits.walBytes
      }
      lastBytes = bytes
      if (behind && bytes >= nextStart && !running) {
        nextStart = bytes + limits.checkpointBytes
        void start('passive')
      }
    },
    async room() {
      if (nextStart === limits.checkpointBytes) return
      const { bytes, behind } = size()
      if (!behind || bytes < nextHold) return
      if (nextHold > limits.walBytes) {
        warn(`The log has grown to ${bytes} bytes: a reader stays in an old state`)
      }
      nextHold = bytes + limits.checkpointBytes
      await running
      await start('passive')
      gate.sound()
    },
    async close() {
      await running
      if (size().bytes > 0) await start('truncate')
      await worker?.close()
    },
  }
}

/** Says after which commits the log is measured, from how fast it grows. */
function measuring(checkpointBytes: number) {
  let unmeasured = 0
  let after = 1
  return {
    now() {
      unmeasured++
      return unmeasured >= after
    },
    grown(bytes: number) {
      const few = Math.floor(checkpointBytes / 8 / Math.max(1, bytes / unmeasured))
      after = bytes > 0 ? Math.max(1, Math.min(maxUnmeasured, few)) : 1
      unmeasured = 0
    },
  }
}

/** The length of the log, and whether a part of it is not in the database yet. */
function sizeOf(connection: SqliteConnection): { bytes: number; behind: boolean } {
  const [row] = connection.run<{ log: number; checkpointed: number }>({
    sql: 'pragma wal_checkpoint(noop)',
    parameters: [],
  }).rows
  const { log, checkpointed } = row!
  return { bytes: log * frameBytes, behind: log > checkpointed }
}

type CheckpointWorker = {
  ask(mode: CheckpointMode): Promise<CheckpointReply>
  close(): Promise<void>
}

/** One question at a time. A worker that dies answers with an error and is not started again. */
function checkpointWorker(path: string): CheckpointWorker {
  const worker = new Worker(new URL('./sqlite-checkpoint-worker.ts', import.meta.url), {
    workerData: { path },
  })
  worker.unref()
  let answer: ((reply: CheckpointReply) => void) | undefined
  let dead: CheckpointReply | undefined
  const ended = new Promise<void>((resolve) => {
    worker.on('exit', () => {
      dead ??= { error: 'The checkpoint thread has ended', code: undefined }
      answer?.(dead)
      resolve()
    })
  })
  worker.on('message', (reply: CheckpointReply) => answer?.(reply))
  worker.on('error', (error) => {
    dead = { error: `The checkpoint thread failed: ${String(error)}`, code: undefined }
  })
  return {
    ask(mode) {
      if (dead) return Promise.resolve(dead)
      worker.ref()
      return new Promise((resolve) => {
        answer = (reply) => {
          worker.unref()
          resolve(reply)
        }
        worker.postMessage(mode)
      })
    },
    async close() {
      worker.ref()
      worker.postMessage('close')
      await ended
    },
  }
}
