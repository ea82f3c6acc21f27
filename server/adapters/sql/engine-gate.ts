import { EngineError } from './engine-error.ts'

/**
 * Shuts once and for ever. After a failed flush the kernel may have dropped the pages and report
 * success the next time, so a second try proves nothing: everything is refused until the process
 * is started again.
 */
export type EngineGate = {
  /** Throws EngineError 'broken' or 'closed' when nothing may be done any more. */
  check(): void
  /** Throws EngineError 'broken' only: what was accepted before a close is still finished. */
  sound(): void
  /** Shuts for the given reason; only the first is reported. */
  fail(what: string, cause: unknown): EngineError
  close(): void
}

export function engineGate(onFault?: (error: EngineError) => void): EngineGate {
  let fault: EngineError | undefined
  let closed = false
  return {
    check() {
      if (fault) throw fault
      if (closed) throw new EngineError('closed', 'The database is closed')
    },
    sound() {
      if (fault) throw fault
    },
    fail(what, cause) {
      if (fault) return fault
      fault = new EngineError('broken', `${what}; nothing is accepted until a restart`, cause)
      onFault?.(fault)
      return fault
    },
    close() {
      closed = true
    },
  }
}
