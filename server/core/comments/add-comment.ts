import { actorId } from '../actor-id.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { NodeRef } from '../nodes/node.ts'
import { READ } from '../permissions/permission.ts'
import { permit, visible } from '../permissions/visible.ts'
import type { Comment, CommentView } from './comment.ts'
import { describeComment, tellComment } from './comment-place.ts'
import { type TaskWish, validTagged, validTask, validText } from './valid-comment.ts'

export type AddComment = {
  readonly node: NodeRef
  readonly text: string
  readonly taggedText?: string
  /** Makes it a task. */
  readonly task?: TaskWish
}

/** Adds a comment to a node: READ on it. Faults of the text and of the task's people. */
export async function addComment(ctx: Ctx, input: AddComment): Promise<CommentView> {
  const text = validText(input.text)
  const taggedText = validTagged(input.taggedText ?? '')
  return ctx.write(async (tx) => {
    const seen = await visible(ctx, tx, input.node)
    const [node] = await tx.nodes.lock([seen.node.id], 'stay')
    if (!node) return fault('not-found', 'node')
    permit(seen.permissions, READ)
    const comment: Comment = {
      id: await tx.comments.takeId(),
      nodeId: node.id,
      text,
      taggedText,
      task: input.task ? await validTask(ctx, tx, node, input.task, null) : null,
      createdAt: ctx.now,
      createdBy: actorId(ctx.actor),
      updatedAt: ctx.now,
      updatedBy: actorId(ctx.actor),
      isChanged: false,
      deletedAt: null,
    }
    await tx.comments.insert(comment)
    await tellComment(ctx, tx, 'comment.created', node, comment)
    return describeComment(tx, comment)
  })
}
