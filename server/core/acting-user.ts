import type { Actor, Ctx } from './ctx.ts'
import { fault } from './fault.ts'

/** The signed-in user behind this context; faults 'unauthenticated' for anybody else. */
export function actingUser(ctx: Ctx): Extract<Actor, { kind: 'user' }> {
  if (ctx.actor.kind !== 'user') return fault('unauthenticated', 'session')
  return ctx.actor
}
