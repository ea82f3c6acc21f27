import type { Roles } from '../permissions/permission.ts'
import type { User } from '../users/user.ts'
import type { Session, SessionKind } from './session.ts'

export type SessionStore = {
  takeId(): Promise<number>
  insert(session: Session, digest: string): Promise<void>
  /**
   * The session of a token digest with its user and all his roles, those of groups in force now as
   * well, in one statement; one past its end, too.
   */
  findByDigest(
    digest: string,
    now: number,
  ): Promise<{ session: Session; user: User; roles: Roles } | undefined>
  find(id: number): Promise<Session | undefined>
  /** Like `find`, and no other transaction removes it (or its family) until this one ends. */
  hold(id: number): Promise<Session | undefined>
  /** Sets the time of the last use, never back. */
  touch(id: number, at: number): Promise<void>
  /** Asks the device to wipe itself, or takes that back (null). */
  setWipe(id: number, at: number | null): Promise<void>
  /** A one-time session (code) is taken: true exactly once. */
  consume(id: number, at: number): Promise<boolean>
  remove(id: number): Promise<void>
  removeFamily(familyId: number): Promise<void>
  ofUser(userId: number, kinds: readonly SessionKind[]): Promise<Session[]>
  /** All sessions of the user but those of the family to keep. */
  removeOfUser(userId: number, keepFamily?: number): Promise<void>
  removeExpired(now: number, limit: number): Promise<number>
}
