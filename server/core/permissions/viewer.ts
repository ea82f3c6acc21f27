import type { Actor, Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { visitedLink, visitorPermissions } from '../links/visited-link.ts'
import type { Tx } from '../store.ts'
import { ALL, has, type Permissions, READ, type Roles } from './permission.ts'

/** An actor as far as seeing and holding go. */
export type Viewer = {
  /** Whose access rows count; null: everything is held (background work). */
  readonly userId: number | null
  /** What may be held at most. */
  readonly mask: Permissions
  /** Nothing outside this subtree is seen; null without bound. */
  readonly within: number | null
  readonly roles: Roles
  /** Of a visitor: what his link shows him, instead of access rows. */
  readonly shown?: Shown
}

/** Which nodes a link shows: what the room of its node governs, or the node alone. */
export type Shown = { readonly boundaryId: number; readonly isAlone: boolean }

/**
 * Who looks. The holder of an export token acts as the user who made it, with the rights given,
 * below the node it is for; a token that is gone or past its end, or whose maker is locked, expired
 * or gone, faults 'unauthenticated', and so does an anonymous actor. A visitor holds what his link
 * lets him do, on the authority that its maker has now; a visit that is over faults alike.
 */
export async function viewerOf(ctx: Ctx, tx: Tx): Promise<Viewer> {
  const { actor } = ctx
  if (actor.kind === 'system') return { userId: null, mask: ALL, within: null, roles: 0 }
  if (actor.kind === 'user') {
    return { userId: actor.userId, mask: ALL, within: null, roles: actor.roles }
  }
  if (actor.kind === 'anonymous') return fault('unauthenticated', 'session')
  if (actor.kind === 'visitor') return visitorOf(ctx, tx, actor)
  const token = await tx.exports.find(actor.exportId)
  if (!token || isPast(token.expireAt, ctx.now)) return fault('unauthenticated', 'session')
  const maker = await tx.users.find(token.createdBy)
  if (!maker || maker.isLocked || isPast(maker.expireAt, ctx.now)) {
    return fault('unauthenticated', 'session')
  }
  const mask = actor.permissions & token.permissions
  return { userId: maker.id, mask, within: token.nodeId, roles: 0 }
}

async function visitorOf(
  ctx: Ctx,
  tx: Tx,
  actor: Extract<Actor, { kind: 'visitor' }>,
): Promise<Viewer> {
  const visited = await visitedLink(ctx, tx, actor)
  if (!visited) return fault('unauthenticated', 'session')
  const { link, node } = visited
  const mask = visitorPermissions(link)
  const shown = { boundaryId: node.boundaryId, isAlone: !has(mask, READ) }
  return { userId: link.createdBy, mask, within: node.id, roles: 0, shown }
}

function isPast(expireAt: number | null, now: number): boolean {
  return expireAt !== null && expireAt <= now
}
