import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { NodeRef } from '../nodes/node.ts'
import { visible } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import type { CommentView } from './comment.ts'
import { describeComment, seenComment, tellComment } from './comment-place.ts'
import type { CommentChange } from './comment-store.ts'
import { type TaskWish, validTagged, validTask, validText } from './valid-comment.ts'

export type ChangeComment = {
  readonly id: number
  /** The node that it must be on. */
  readonly node?: NodeRef
  /** Absent: it stays. */
  readonly text?: string
  readonly taggedText?: string
  /** Of a task; a plain comment becomes none. */
  readonly task?: TaskWish
}

/**
 * Changes an own comment: READ on its node. 'forbidden' 'comment' for one of somebody else,
 * 'closed' 'comment' for one that was deleted.
 */
export async function changeComment(ctx: Ctx, input: ChangeComment): Promise<CommentView> {
  const { userId } = actingUser(ctx)
  const texts: CommentChange = {
    ...(input.text === undefined ? {} : { text: validText(input.text) }),
    ...(input.taggedText === undefined ? {} : { taggedText: validTagged(input.taggedText) }),
  }
  return ctx.write(async (tx) => {
    const nodeId = await nodeOf(ctx, tx, input.node)
    const { comment, place } = await seenComment(ctx, tx, input.id, nodeId)
    if (comment.createdBy !== userId) fault('forbidden', 'comment')
    if (comment.deletedAt !== null) fault('closed', 'comment')
    const wish = input.task
    const asks = comment.task !== null && wish !== undefined
    const task = asks ? await validTask(ctx, tx, place.node, wish, comment.task) : undefined
    const change: CommentChange = {
      ...texts,
      ...(task === undefined ? {} : { task }),
      isChanged: true,
      updatedAt: ctx.now,
      updatedBy: userId,
    }
    await tx.comments.update(comment.id, change)
    await tellComment(ctx, tx, 'comment.changed', place.node, comment)
    return describeComment(tx, { ...comment, ...change })
  })
}

/** The id of a node by which a comment was named, too; undefined where it was not. */
export async function nodeOf(
  ctx: Ctx,
  tx: Tx,
  ref: NodeRef | undefined,
): Promise<number | undefined> {
  return ref === undefined ? undefined : (await visible(ctx, tx, ref)).node.id
}
