import type { Comment, TaskStatus } from './comment.ts'

export type CommentChange = Partial<
  Pick<
    Comment,
    'text' | 'taggedText' | 'task' | 'updatedAt' | 'updatedBy' | 'isChanged' | 'deletedAt'
  >
>

/** Comments of nodes, whether these are live or deleted; they go with their node. */
export type CommentStore = {
  takeId(): Promise<number>
  insert(comment: Comment): Promise<void>
  /** Writes what is given; a task replaces the one before, with its assignees. */
  update(id: number, change: CommentChange): Promise<void>
  find(id: number): Promise<Comment | undefined>
  count(nodeId: number, filter: { readonly withDeleted: boolean }): Promise<number>
  /** Oldest first. */
  page(
    nodeId: number,
    filter: { readonly withDeleted: boolean },
    page: { readonly offset: number; readonly limit: number },
  ): Promise<Comment[]>
  /** False where the user is no assignee of it. */
  setStatus(id: number, userId: number, status: TaskStatus): Promise<boolean>
}
