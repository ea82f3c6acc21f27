import { addComment } from '../../core/comments/add-comment.ts'
import { answerTask } from '../../core/comments/answer-task.ts'
import { changeComment } from '../../core/comments/change-comment.ts'
import type { CommentView, TaskStatus } from '../../core/comments/comment.ts'
import { deleteComment } from '../../core/comments/delete-comment.ts'
import { listComments } from '../../core/comments/list-comments.ts'
import type { Row } from '../operation.ts'
import type { Comment, WorkflowCommentAddRequest } from './generated/shapes.ts'
import { nodeAt, nodeAtUrl } from './ids.ts'
import { op } from './op.ts'
import { gatherPages } from './pages.ts'
import { pageOf } from './query.ts'
import { refuseInput } from './refuse.ts'

/** Tag `workflow`: comments on files, and the work that they ask for. */
export const workflowRows: readonly Row[] = [
  op('workflowComments', {
    auth: 'user',
    run: (ctx, { params }) => {
      const node = nodeAtUrl(ctx, params.path)
      return gatherPages(pageOf(params), (page) => listComments(ctx, { node, page }))
    },
    reply: ({ items }) => items.map(presentComment),
  }),

  op('workflowCommentAdd', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      addComment(ctx, {
        node: nodeAtUrl(ctx, params.path),
        text: body.text,
        taggedText: body.taggedText,
        task: body.type === 'task' ? taskOf(body) : undefined,
      }),
    reply: presentComment,
  }),

  op('workflowCommentEdit', {
    auth: 'user',
    run: (ctx, { body }) =>
      changeComment(ctx, {
        id: idOf(body.id),
        node: nodeAt(ctx, body.path),
        text: body.text,
        taggedText: body.taggedText,
        task: taskOf(body),
      }),
    reply: presentComment,
  }),

  op('workflowCommentDelete', {
    auth: 'user',
    run: (ctx, { body }) => deleteComment(ctx, { id: idOf(body.id), node: nodeAt(ctx, body.path) }),
    reply: () => ({}),
  }),

  op('workflowCommentUpdateTaskStatus', {
    auth: 'user',
    run: (ctx, { body }) =>
      answerTask(ctx, {
        id: idOf(body.id),
        node: nodeAt(ctx, body.path),
        status: statusOf(body.status),
      }),
    reply: presentComment,
  }),
]

/** A due date of 0 is none. */
function taskOf({ due_date: dueAt, assignees }: Partial<WorkflowCommentAddRequest>) {
  return { dueAt: dueAt === 0 ? null : dueAt, assignees }
}

/** Ids are texts here; one that is none names nothing. */
function idOf(text: string): number {
  return /^\d{1,16}$/.test(text) ? Number(text) : 0
}

const statuses: Readonly<Record<string, TaskStatus>> = {
  new: 'new',
  accept: 'accept',
  decline: 'decline',
  done: 'done',
}

function statusOf(text: string): TaskStatus {
  const status = Object.hasOwn(statuses, text) ? statuses[text] : undefined
  return status ?? refuseInput('status', 'enum', 'status is new, accept, decline or done')
}

function presentComment(comment: CommentView): Comment {
  const { id, task, createdAt } = comment
  return {
    id: String(id),
    created_time: createdAt,
    text: comment.text,
    taggedText: comment.taggedText,
    type: task ? 'task' : 'text',
    owner_id: comment.createdBy ?? 0,
    ...(task && {
      due_date: task.dueAt ?? 0,
      assignees: task.assignees.map(({ userId, status }) => ({
        id: `${id}-${userId}`,
        user_id: userId,
        status,
        created_time: createdAt,
      })),
    }),
  }
}
