/** Counted failures per key ('login:<user id>', 'link:<id>', 'net:<address>'). */
export type Throttle = {
  readonly failures: number
  readonly lastFailureAt: number
  readonly lockedUntil: number | null
}

export type ThrottleStore = {
  find(key: string): Promise<Throttle | undefined>
  /** Like `find`, and no other transaction adds a failure until this one ends. */
  hold(key: string): Promise<Throttle | undefined>
  /**
   * Adds one failure and answers the new state. The failure number `limit` locks for `lockSeconds`;
   * later ones do not prolong it. A count whose last failure is older than `lockSeconds`, or whose
   * lock is over, starts again at one. Failures of many transactions at once are all counted.
   */
  fail(key: string, at: number, limit: number, lockSeconds: number): Promise<Throttle>
  clear(key: string): Promise<void>
  /** Removes counts whose last failure is older and whose lock is over. */
  removeOlder(at: number): Promise<number>
}
