import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Node } from '../nodes/node.ts'
import { has, READ } from '../permissions/permission.ts'
import type { Tx } from '../store.ts'
import type { Assignee, Task } from './comment.ts'

/** What a client says of a task. */
export type TaskWish = {
  readonly dueAt?: number | null
  /** Users who may read the node; each once. */
  readonly assignees?: readonly number[]
}

const maxText = 65_535

/** Faults 'invalid' 'body': empty, too long, or with characters that no database keeps. */
export function validText(text: string, field = 'text'): string {
  if (text.trim() === '') fault('invalid', 'body', undefined, { field, rule: 'empty' })
  return validTagged(text, field)
}

/** The same where nothing at all is allowed. */
export function validTagged(text: string, field = 'taggedText'): string {
  if (text.length > maxText) {
    fault('invalid', 'body', undefined, { field, rule: 'too-long', limit: maxText })
  }
  if (text.includes('\0') || !text.isWellFormed()) {
    fault('invalid', 'body', undefined, { field, rule: 'unicode' })
  }
  return text
}

/**
 * A task as it is kept; assignees who were there before keep what they said. Faults 'not-found'
 * 'user' for somebody who does not read the node, 'too-many' 'user' above `limits.bulkItems`.
 */
export async function validTask(
  ctx: Ctx,
  tx: Tx,
  node: Node,
  wish: TaskWish,
  before: Task | null,
): Promise<Task> {
  const known = new Map((before?.assignees ?? []).map((one) => [one.userId, one]))
  const wanted = wish.assignees ?? [...known.keys()]
  const ids = [...new Set(wanted)]
  if (ids.length > ctx.limits.bulkItems) fault('too-many', 'user')
  const readers = await tx.access.usersOf(node.boundaryId, ctx.now)
  const assignees = ids.map((userId): Assignee => {
    const held = readers.get(userId)
    if (held === undefined || !has(held, READ)) fault('not-found', 'user', undefined, { userId })
    return known.get(userId) ?? { userId, status: 'new' }
  })
  return { dueAt: wish.dueAt === undefined ? (before?.dueAt ?? null) : wish.dueAt, assignees }
}
