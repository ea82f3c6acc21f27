import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { NodeRef } from '../nodes/node.ts'
import { has, MANAGE } from '../permissions/permission.ts'
import { nodeOf } from './change-comment.ts'
import { seenComment, tellComment } from './comment-place.ts'

/**
 * Takes the text of a comment away; that there was one stays. READ on its node, and it is the
 * actor's own or he holds MANAGE there. One that was deleted is 'not-found' 'comment'.
 */
export async function deleteComment(
  ctx: Ctx,
  input: { readonly id: number; readonly node?: NodeRef },
): Promise<void> {
  const { userId } = actingUser(ctx)
  await ctx.write(async (tx) => {
    const nodeId = await nodeOf(ctx, tx, input.node)
    const { comment, place } = await seenComment(ctx, tx, input.id, nodeId)
    if (comment.deletedAt !== null) fault('not-found', 'comment')
    const isOwn = comment.createdBy === userId
    if (!isOwn && !has(place.permissions, MANAGE)) fault('forbidden', 'comment')
    const task = comment.task && { dueAt: null, assignees: [] }
    await tx.comments.update(comment.id, {
      text: '',
      taggedText: '',
      task,
      deletedAt: ctx.now,
      updatedAt: ctx.now,
      updatedBy: userId,
    })
    await tellComment(ctx, tx, 'comment.deleted', place.node, comment)
  })
}
