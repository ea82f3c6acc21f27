import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Tx } from '../store.ts'
import { ALL, type Permissions, type Roles } from './permission.ts'

/** An actor as far as seeing and holding go. */
export type Viewer = {
  /** Whose access rows count; null: everything is held (background work). */
  readonly userId: number | null
  /** What may be held at most. */
  readonly mask: Permissions
  /** Nothing outside this subtree is seen; null without bound. */
  readonly within: number | null
  readonly roles: Roles
}

/**
 * Who looks. The holder of an export token acts as the user who made it, with the rights given,
 * below the node it is for; a token that is gone or past its end, or whose maker is locked, expired
 * or gone, faults 'unauthenticated', and so does an anonymous actor.
 */
export async function viewerOf(ctx: Ctx, tx: Tx): Promise<Viewer> {
  const { actor } = ctx
  if (actor.kind === 'system') return { userId: null, mask: ALL, within: null, roles: 0 }
  if (actor.kind === 'user') {
    return { userId: actor.userId, mask: ALL, within: null, roles: actor.roles }
  }
  if (actor.kind === 'anonymous') return fault('unauthenticated', 'session')
  const token = await tx.exports.find(actor.exportId)
  if (!token || isPast(token.expireAt, ctx.now)) return fault('unauthenticated', 'session')
  const maker = await tx.users.find(token.createdBy)
  if (!maker || maker.isLocked || isPast(maker.expireAt, ctx.now)) {
    return fault('unauthenticated', 'session')
  }
  const mask = actor.permissions & token.permissions
  return { userId: maker.id, mask, within: token.nodeId, roles: 0 }
}

function isPast(expireAt: number | null, now: number): boolean {
  return expireAt !== null && expireAt <= now
}
