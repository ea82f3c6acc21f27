import { closeSync, fdatasync, fstatSync, fsyncSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { EngineError } from './engine-error.ts'
import type { EngineGate } from './engine-gate.ts'

/** SQLite's write-ahead log as a file that we flush, off the event loop. */
export type SqliteLog = {
  /** Counts a commit that lies in the log; the mark to wait for. */
  committed(): number
  /** Resolves after a flush that began after the commit of `mark` (the newest by default). */
  flushed(mark?: number): Promise<void>
  flushes(): number
  close(): void
}

export const flushDescriptor: (descriptor: number) => Promise<void> = promisify(fdatasync)

/**
 * Opens the log beside the database; a connection must have created it and stay open, so that it
 * is never deleted and made anew.
 *
 * Only the log may be opened beside SQLite: closing a descriptor of the database or of the -shm
 * file would drop SQLite's POSIX locks on it. The log itself carries none.
 */
export function openLog(
  databasePath: string,
  gate: EngineGate,
  flush: (descriptor: number) => Promise<void>,
): SqliteLog {
  const path = `${databasePath}-wal`
  const descriptor = openSync(path, 'r+')
  const { ino } = fstatSync(descriptor)
  flushFolder(dirname(path))
  let waiting: { mark: number; done: (error?: EngineError) => void }[] = []
  let commits = 0
  let durable = 0
  let flushes = 0
  let running = false

  async function run(): Promise<void> {
    running = true
    while (waiting.length > 0) {
      const mark = commits
      try {
        if (statSync(path, { throwIfNoEntry: false })?.ino !== ino) {
          throw new Error(`${path} was removed or replaced while it was in use`)
        }
        await flush(descriptor)
      } catch (error) {
        failAll(error)
        break
      }
      flushes++
      durable = mark
      const settled = waiting.filter((waiter) => waiter.mark <= mark)
      waiting = waiting.filter((waiter) => waiter.mark > mark)
      for (const waiter of settled) waiter.done()
    }
    running = false
  }

  function failAll(cause: unknown): void {
    gate.fail(`The log ${path} could not be flushed`, cause)
    const error = new EngineError('uncertain', 'The log could not be flushed', cause)
    const lost = waiting
    waiting = []
    for (const waiter of lost) waiter.done(error)
  }

  return {
    committed: () => ++commits,
    async flushed(mark = commits) {
      if (durable >= mark) return
      gate.sound()
      await new Promise<void>((resolve, reject) => {
        waiting.push({ mark, done: (error) => (error ? reject(error) : resolve()) })
        if (!running) void run()
      })
    },
    flushes: () => flushes,
    close: () => closeSync(descriptor),
  }
}

function flushFolder(path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
