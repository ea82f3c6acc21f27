import { addComment } from '../../core/comments/add-comment.ts'
import { changeComment } from '../../core/comments/change-comment.ts'
import type { CommentView } from '../../core/comments/comment.ts'
import { deleteComment } from '../../core/comments/delete-comment.ts'
import { listComments } from '../../core/comments/list-comments.ts'
import type { Row } from '../operation.ts'
import { writeDate } from './dates.ts'
import type { Comment } from './generated/shapes.ts'
import { nodeRef } from './ids.ts'
import { op } from './op.ts'
import { presentRange } from './present-node.ts'
import { presentUserInfo } from './present-user-info.ts'
import { parseRange } from './query.ts'

/** Comments on nodes. One that was deleted stays in the list, without its text. */
export const commentsRows: Row[] = [
  op('requestNodeComments', {
    auth: 'user',
    run: (ctx, { params }) =>
      listComments(ctx, {
        node: nodeRef(params.node_id),
        withDeleted: params.hide_deleted !== true,
        page: parseRange(params),
      }),
    reply: (page) => ({ range: presentRange(page), items: page.items.map(presentComment) }),
  }),

  op('createNodeComment', {
    auth: 'user',
    run: (ctx, { params, body }) =>
      addComment(ctx, { node: nodeRef(params.node_id), text: body.text }),
    reply: presentComment,
  }),

  op('updateNodeComment', {
    auth: 'user',
    run: (ctx, { params, body }) => changeComment(ctx, { id: params.comment_id, text: body.text }),
    reply: presentComment,
  }),

  op('removeNodeComment', {
    auth: 'user',
    run: (ctx, { params }) => deleteComment(ctx, { id: params.comment_id }),
    reply: () => undefined,
  }),
]

function presentComment(comment: CommentView): Comment {
  return {
    id: comment.id,
    text: comment.text,
    createdAt: writeDate(comment.createdAt),
    createdBy: presentUserInfo(comment.createdByPerson),
    updatedAt: writeDate(comment.updatedAt),
    updatedBy: presentUserInfo(comment.updatedByPerson),
    isChanged: comment.isChanged,
    isDeleted: comment.deletedAt !== null,
  }
}
