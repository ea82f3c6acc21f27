import type { Task, TaskFailure } from '../tasks/task.ts'
import { type ImportOrder, orderOf } from './import-order.ts'
import { type ImportState, stateOf } from './import-state.ts'

/** So many of its imports, the newest, a user is told of. */
export const maxShown = 100

/** An import as its owner sees it. */
export type ImportView = ImportOrder & {
  readonly id: number
  readonly state: Task['state'] | 'cancelled'
  readonly percent: number
  readonly progress: ImportState
  /** Why it failed. */
  readonly failure: TaskFailure | null
  readonly createdAt: number
  readonly updatedAt: number
}

export function viewOf(task: Task): ImportView {
  const { id, failure, createdAt, updatedAt } = task
  const isCancelled = failure?.code === 'closed'
  return {
    ...orderOf(task),
    id,
    state: isCancelled ? 'cancelled' : task.state,
    percent: task.progress,
    progress: stateOf(task),
    failure: isCancelled ? null : failure,
    createdAt,
    updatedAt,
  }
}
