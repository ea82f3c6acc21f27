import type { Person } from '../users/user.ts'

/** What somebody says of a task that was given to him; 'new' until he says something. */
export type TaskStatus = 'new' | 'accept' | 'decline' | 'done'

export type Assignee = { readonly userId: number; readonly status: TaskStatus }

/** Work that a comment asks for. */
export type Task = { readonly dueAt: number | null; readonly assignees: readonly Assignee[] }

/** A remark on a room, folder or file. One that was deleted stays, without its text. */
export type Comment = {
  readonly id: number
  readonly nodeId: number
  readonly text: string
  /** The text with people marked in it, as a client writes it; empty without. */
  readonly taggedText: string
  readonly task: Task | null
  readonly createdAt: number
  readonly createdBy: number | null
  readonly updatedAt: number
  readonly updatedBy: number | null
  readonly isChanged: boolean
  readonly deletedAt: number | null
}

export type CommentView = Comment & {
  readonly createdByPerson: Person
  readonly updatedByPerson: Person
  /** In the order of `task.assignees`. */
  readonly assigneePeople: readonly Person[]
}
