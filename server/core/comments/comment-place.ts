import type { Ctx } from '../ctx.ts'
import type { EventType } from '../event.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { type Node, toldKind } from '../nodes/node.ts'
import { heldOn } from '../permissions/held-on.ts'
import { READ } from '../permissions/permission.ts'
import { viewerOf } from '../permissions/viewer.ts'
import { permit, type Seen } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { personOf } from '../users/person.ts'
import type { Comment, CommentView } from './comment.ts'

/**
 * A comment and the live node that it is on: READ there. 'not-found' 'comment' for one that is not
 * there, whose node the actor does not see or that is on another node than `nodeId`.
 */
export async function seenComment(
  ctx: Ctx,
  tx: Tx,
  id: number,
  nodeId?: number,
): Promise<{ readonly comment: Comment; readonly place: Seen }> {
  const comment = Number.isSafeInteger(id) && id > 0 ? await tx.comments.find(id) : undefined
  if (!comment || (nodeId !== undefined && comment.nodeId !== nodeId)) return noComment()
  const [node] = await tx.nodes.lock([comment.nodeId], 'stay')
  const permissions = node && (await heldOn(ctx, tx, await viewerOf(ctx, tx), node))
  if (!node || permissions === undefined) return noComment()
  permit(permissions, READ)
  return { comment, place: { node, permissions } }
}

export function noComment(): never {
  return fault('not-found', 'comment')
}

/** Comments with their people, in their order, in one statement. */
export async function describeComments(
  tx: Tx,
  comments: readonly Comment[],
): Promise<CommentView[]> {
  if (comments.length === 0) return []
  const ids = comments.flatMap(({ createdBy, updatedBy, task }) => [
    createdBy,
    updatedBy,
    ...(task?.assignees.map(({ userId }) => userId) ?? []),
  ])
  const people = await tx.users.people([...new Set(ids.filter((id) => id !== null))])
  return comments.map((comment) => ({
    ...comment,
    createdByPerson: personOf(people, comment.createdBy),
    updatedByPerson: personOf(people, comment.updatedBy),
    assigneePeople: (comment.task?.assignees ?? []).map(({ userId }) => personOf(people, userId)),
  }))
}

export async function describeComment(tx: Tx, comment: Comment): Promise<CommentView> {
  const [view] = await describeComments(tx, [comment])
  return view!
}

/** The event of a comment; what it says is not told in it. */
export async function tellComment(
  ctx: Ctx,
  tx: Tx,
  type: Extract<EventType, `comment.${string}`>,
  node: Node,
  comment: Comment,
): Promise<void> {
  await recordEvents(ctx, tx, [
    {
      type,
      nodeId: node.id,
      roomId: node.boundaryId,
      nodeKind: toldKind(node.kind),
      nodeName: node.name,
      data: { comment: comment.id, parent: node.parentId, task: comment.task !== null },
    },
  ])
}
