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
  /** The newest of a holder's tasks of this kind. */
  newestOf(holder: string, kind: Task['kind']): Promise<Task | undefined>
  /** Those of a holder that wait or run. */
  countOpen(holder: string): Promise<number>
  /** Removes up to `limit` that have expired; answers how many. */
  removeExpired(now: number, limit: number): Promise<number>
}
