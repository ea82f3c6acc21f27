import type { Actor } from './ctx.ts'

/** Who is noted as having made or changed something; null for anybody without an account. */
export function actorId(actor: Actor): number | null {
  return actor.kind === 'user' ? actor.userId : null
}
