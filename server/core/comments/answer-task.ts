import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { NodeRef } from '../nodes/node.ts'
import { nodeOf } from './change-comment.ts'
import type { CommentView, TaskStatus } from './comment.ts'
import { describeComment, noComment, seenComment, tellComment } from './comment-place.ts'

export type AnswerTask = {
  readonly id: number
  readonly node?: NodeRef
  readonly status: TaskStatus
}

/**
 * What an assignee says of his task: READ on its node. 'wrong-kind' 'comment' for one that is no
 * task, 'forbidden' 'comment' for who is no assignee.
 */
export async function answerTask(ctx: Ctx, input: AnswerTask): Promise<CommentView> {
  const { userId } = actingUser(ctx)
  return ctx.write(async (tx) => {
    const nodeId = await nodeOf(ctx, tx, input.node)
    const { comment, place } = await seenComment(ctx, tx, input.id, nodeId)
    if (comment.deletedAt !== null) return noComment()
    if (comment.task === null) fault('wrong-kind', 'comment')
    const isHis = await tx.comments.setStatus(comment.id, userId, input.status)
    if (!isHis) fault('forbidden', 'comment')
    await tellComment(ctx, tx, 'comment.changed', place.node, comment)
    return describeComment(tx, (await tx.comments.find(comment.id)) ?? comment)
  })
}
