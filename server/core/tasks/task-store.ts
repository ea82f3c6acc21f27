import type { Task } from './task.ts'

export type TaskChange = Partial<
  Pick<
    Task,
    'state' | 'progress' | 'memo' | 'result' | 'failure' | 'input' | 'updatedAt' | 'expireAt'
  >
>

export type TaskStore = {
  takeId(): Promise<number>
  insert(task: Task, digest: string): Promise<void>
  find(id: number): Promise<Task | undefined>
  findByDigest(digest: string): Promise<Task | undefined>
  /** Does nothing for one that is gone. */
  update(id: number, change: TaskChange): Promise<void>
  /** `update` of one that waits or runs; false for any other. */
  updateOpen(id: number, change: TaskChange): Promise<boolean>
  /** The newest of a holder's tasks of this kind. */
  newestOf(holder: string, kind: Task['kind']): Promise<Task | undefined>
  /** A holder's tasks of this kind, the newest first, `limit` at most. */
  ofHolder(holder: string, kind: Task['kind'], limit: number): Promise<Task[]>
  /** Those of a holder that wait or run. */
  countOpen(holder: string): Promise<number>
  /** Removes up to `limit` that have expired; answers how many. */
  removeExpired(now: number, limit: number): Promise<number>
}
