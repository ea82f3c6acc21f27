export type JobKind =
  | 'finish-upload'
  | 'sweep'
  | 'send-mail'
  | 'send-text'
  | 'mail-reset'
  | 'remove-left'
  | 'end-grants'
  | 'task'
  | 'import'

/**
 * Mails, text messages and imports wait for other servers, tasks take long: each has workers of its
 * own. Default: all.
 */
export type JobLane = 'mail' | 'texts' | 'tasks' | 'imports' | 'rest'

/** Background work as a row. Whoever holds the lease with the newest fence may finish it. */
export type Job = {
  readonly id: number
  readonly kind: JobKind
  readonly payload: Readonly<Record<string, string | number>>
  readonly runAt: number
  /** Leases so far, this one included. */
  readonly attempts: number
  /** Grows with every lease; a holder with an older number has lost it. */
  readonly fence: number
  readonly leaseUntil: number | null
  readonly lastError: string | null
}

export type JobStore = {
  /** `key` makes it single: while a job with the same key is there, that one is kept instead. */
  enqueue(kind: JobKind, payload: Job['payload'], runAt: number, key?: string): Promise<void>
  /** Whether some job could be leased now. */
  isDue(now: number, lane?: JobLane): Promise<boolean>
  /** Takes the next due job of the tenant, if there is one nobody holds. */
  lease(now: number, leaseSeconds: number, lane?: JobLane): Promise<Job | undefined>
  /** Keeps the lease for longer; false when the fence is old. */
  extend(id: number, fence: number, leaseUntil: number): Promise<boolean>
  /** True when the fence is still the newest and the job was removed. */
  finish(id: number, fence: number): Promise<boolean>
  /** Gives it back to run again at `runAt`; false when the fence is old. */
  retry(id: number, fence: number, runAt: number, error: string): Promise<boolean>
  /** Gives it back behind what is due at `runAt`, its attempts forgotten; false as `retry`. */
  putBehind(id: number, fence: number, runAt: number): Promise<boolean>
  /** Whether this holder may still write results. */
  holds(id: number, fence: number, now: number): Promise<boolean>
  count(): Promise<number>
  /** Removes the job with this key; who holds its lease has lost it. */
  drop(key: string): Promise<void>
  /** Ends every lease: for a process that knows that no other has any. */
  releaseAll(): Promise<void>
}
