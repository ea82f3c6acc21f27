import type { Actor, Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Tx } from '../store.ts'

/** Who made a ticket, as text that goes into it. Faults 'unauthenticated' for nobody. */
export function holderOf(actor: Actor): string {
  if (actor.kind === 'user') return `u${actor.userId}`
  if (actor.kind === 'export') return `x${actor.exportId}`
  if (actor.kind === 'visitor') {
    return `v${[actor.linkId, actor.nodeId, actor.expireAt, actor.mark].join('.')}`
  }
  return actor.kind === 'system' ? 's' : fault('unauthenticated', 'session')
}

/**
 * The one who made a ticket, with what he is now. A locked or expired account and a token that is
 * over are 'not-found' 'ticket'; a visit is judged where it is used (permissions/viewer.ts).
 */
export async function holderNow(ctx: Ctx, tx: Tx, holder: string): Promise<Actor> {
  const id = Number(holder.slice(1))
  if (holder.startsWith('s')) return { kind: 'system' }
  if (holder.startsWith('v')) {
    const [linkId = 0, nodeId = 0, expireAt = 0] = holder.slice(1).split('.').map(Number)
    const mark = holder.slice(holder.lastIndexOf('.') + 1)
    return { kind: 'visitor', linkId, nodeId, expireAt, mark }
  }
  if (holder.startsWith('x')) {
    const token = await tx.exports.find(id)
    if (!token || isPast(token.expireAt, ctx.now)) return fault('not-found', 'ticket')
    const { nodeId, permissions } = token
    return { kind: 'export', exportId: id, nodeId, permissions }
  }
  const user = await tx.users.find(id)
  if (!user || user.isLocked || isPast(user.expireAt, ctx.now)) return fault('not-found', 'ticket')
  return { kind: 'user', userId: id, roles: user.roles, sessionId: 0 }
}

function isPast(expireAt: number | null, now: number): boolean {
  return expireAt !== null && expireAt <= now
}
