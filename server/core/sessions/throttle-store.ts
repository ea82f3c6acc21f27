/** Counted failures per key ('login:<user id>', 'link:<id>', 'net:<address>'). */
export type Throttle = {
  readonly failures: number
  readonly lastFailureAt: number
  readonly lockedUntil: number | null
}

export type ThrottleStore = {
  find(key: string): Promise<Throttle | undefined>
  /** Adds one failure and answers the new state; locks for `lockSeconds` from `limit` on. */
  fail(key: string, at: number, limit: number, lockSeconds: number): Promise<Throttle>
  clear(key: string): Promise<void>
  removeOlder(at: number): Promise<number>
}
