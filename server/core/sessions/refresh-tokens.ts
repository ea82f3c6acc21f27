import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Tx } from '../store.ts'
import { authorizeClient, type ClientProof } from './authorize-client.ts'
import type { Client } from './client-store.ts'
import type { Session } from './session.ts'
import type { NewSignIn } from './sign-in.ts'
import { type Issued, startSession } from './start-session.ts'
import { closedAccount } from './with-account.ts'

export type RefreshTokens = ClientProof & { readonly refreshToken: string }

/**
 * A new access token for a refresh token. The refresh token stays usable until its end, since
 * programs use it from several workers at once; when half of its time is over, a new one comes
 * with the answer (before, it is answered itself). Faults: those of `authorizeClient`;
 * 'unauthenticated' 'session' for one that is unknown, over, revoked or of another program.
 */
export async function refreshTokens(ctx: Ctx, input: RefreshTokens): Promise<NewSignIn> {
  const client = await authorizeClient(ctx, { ...input, grant: 'refresh_token' })
  const digest = ctx.secrets.digest(input.refreshToken)
  return ctx.write(async (tx) => {
    const found = await tx.sessions.findByDigest(digest, ctx.now)
    if (!found || !isUsable(ctx, client, found.session)) return refuse()
    const { session: old, user } = found
    // Held, so that a revocation ends the new tokens too or comes first.
    const isThere = await tx.sessions.hold(old.id)
    if (!isThere || closedAccount(ctx, user)) return refuse()
    await tx.sessions.touch(old.id, ctx.now)
    const { familyId, data } = old
    const renewed = { userId: user.id, familyId, client, data }
    const { session, token } = await startSession(ctx, tx, { ...renewed, kind: 'access' })
    const refresh = await renewal(ctx, tx, client, { session: old, token: input.refreshToken })
    return { session, user, token, refresh }
  })
}

function isUsable(ctx: Ctx, client: Client, session: Session): boolean {
  const { kind, clientId, expireAt } = session
  return kind === 'refresh' && clientId === client.id && expireAt > ctx.now
}

async function renewal(ctx: Ctx, tx: Tx, client: Client, old: Issued): Promise<Issued> {
  const { createdAt, expireAt, userId, familyId, data } = old.session
  if (ctx.now - createdAt < (expireAt - createdAt) / 2) return old
  return startSession(ctx, tx, { kind: 'refresh', userId, familyId, client, data })
}

function refuse(): never {
  return fault('unauthenticated', 'session')
}
