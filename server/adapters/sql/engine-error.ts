/**
 * What went wrong below the statements.
 * - storage-full: nothing was stored; the disk is full
 * - busy: nothing was stored; try again later
 * - unreachable: nothing was stored; no connection to the database
 * - uncertain: the connection or the flush failed during the commit; it may be stored or not
 * - broken: the disk failed, so nothing is trusted until the process is started again; what was
 *   being written then may be stored or not
 * - stuck: the function given to `write` waited for something else than its statements
 * - timeout: a statement took longer than allowed; nothing was stored
 * - in-use: another server process has this database open
 * - newer: the database was made by a newer program
 * - older: the database was made by an older program, and only a server brings it up to date
 * - unfinished: a restore into this database has begun and not ended
 * - over: a statement on a transaction that has ended
 * - closed: the engine was closed
 * - out-of-range: a number that JavaScript cannot hold exactly
 */
export type EngineErrorCode =
  | 'storage-full'
  | 'busy'
  | 'unreachable'
  | 'uncertain'
  | 'broken'
  | 'stuck'
  | 'timeout'
  | 'in-use'
  | 'newer'
  | 'older'
  | 'unfinished'
  | 'over'
  | 'closed'
  | 'out-of-range'

export class EngineError extends Error {
  readonly code: EngineErrorCode

  constructor(code: EngineErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'EngineError'
    this.code = code
  }
}
