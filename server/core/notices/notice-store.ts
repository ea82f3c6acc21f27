import type { Notice, NoticeStatus } from './notice.ts'

export type NoticeFilter = {
  readonly isGlobal?: boolean
  readonly isInteractive?: boolean
  readonly status?: NoticeStatus
}

export type NoticeStore = {
  takeId(): Promise<number>
  insert(notice: Notice): Promise<void>
  find(id: number): Promise<Notice | undefined>
  /** The newest first. */
  page(
    userId: number,
    filter: NoticeFilter,
    page: { offset: number; limit: number },
  ): Promise<Notice[]>
  count(userId: number, filter: NoticeFilter): Promise<number>
  /** Gives the notices under this key, of whatever user, a status; answers how many. */
  setStatus(key: string, status: NoticeStatus, at: number): Promise<number>
  /** Removes those under this key, of one user or (absent) of all. */
  removeKey(key: string, userId?: number): Promise<void>
  /** Removes all of a user. */
  removeUser(userId: number): Promise<void>
  /** Removes up to `limit` that are older; answers how many. */
  removeOlder(before: number, limit: number): Promise<number>
}
