import { actorId } from '../actor-id.ts'
import type { Ctx } from '../ctx.ts'
import type { Tx } from '../store.ts'
import type { Notice, NoticeStatus } from './notice.ts'

export type AddNotice = {
  readonly userId: number
  readonly action: string
  readonly text: string
  readonly nodeId?: number
  /** Default: information only. */
  readonly isInteractive?: boolean
  readonly isGlobal?: boolean
  /** Default: 'new', and 'waiting' where an answer is wanted. */
  readonly status?: NoticeStatus
  readonly key?: string
}

/**
 * Tells a user something, in the transaction that made it true. What he was told under the same
 * key is replaced.
 */
export async function addNotice(ctx: Ctx, tx: Tx, input: AddNotice): Promise<Notice> {
  const { userId, action, text, nodeId = null, isInteractive = false, key = null } = input
  if (key !== null) await tx.notices.removeKey(key, input.userId)
  const notice: Notice = {
    id: await tx.notices.takeId(),
    ...{ userId, action, text, nodeId, isInteractive, key },
    fromId: actorId(ctx.actor),
    isGlobal: input.isGlobal ?? false,
    status: input.status ?? (isInteractive ? 'waiting' : 'new'),
    createdAt: ctx.now,
    updatedAt: ctx.now,
  }
  await tx.notices.insert(notice)
  return notice
}
