import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { isSessionOver } from './authenticate.ts'
import type { Session, SessionKind } from './session.ts'

/** The sessions of who is signed in that are not over, oldest first. */
export async function ownSessions(
  ctx: Ctx,
  input: { readonly kinds: readonly SessionKind[] },
): Promise<readonly (Session & { readonly isCurrent: boolean })[]> {
  const { userId, sessionId } = actingUser(ctx)
  const sessions = await ctx.read((tx) => tx.sessions.ofUser(userId, input.kinds))
  return sessions
    .filter((session) => !isSessionOver(session, ctx.now))
    .map((session) => ({ ...session, isCurrent: session.id === sessionId }))
}
