import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import type { Tx } from '../store.ts'
import type { User } from '../users/user.ts'
import { type ClientForPage, clientForPage } from './authorize-client.ts'
import { type Challenge, checkChallenge } from './proof-key.ts'
import { tellStart } from './sign-in.ts'
import { type Issued, startSession } from './start-session.ts'
import { type Credentials, closedAccount, withAccount } from './with-account.ts'

/** Without `credentials` the user who is signed in in this context allows it. */
export type StartCode = Omit<ClientForPage, 'grant'> & {
  readonly credentials?: Credentials
  readonly challenge?: Challenge
}

/**
 * A code with which a program gets tokens for a user (RFC 6749, section 4.1), single use, for some
 * minutes. Answers where to send it. Faults as `clientForPage`, `withAccount`, `checkChallenge`.
 */
export async function startCode(
  ctx: Ctx,
  input: StartCode,
): Promise<{ code: string; redirectUri: string; user: User }> {
  checkChallenge(input.challenge)
  const page = await clientForPage(ctx, { ...input, grant: 'authorization_code' })
  const { client, redirectUri } = page
  const data = {
    redirectUri,
    ...(input.redirectUri === undefined ? {} : { asked: 'yes' }),
    ...(input.challenge ? { challenge: input.challenge.value } : {}),
    ...(input.challenge ? { method: input.challenge.method } : {}),
  }
  return allowing(ctx, input.credentials, async (tx, user) => {
    const issued = await startSession(ctx, tx, { kind: 'code', userId: user.id, client, data })
    return { code: issued.token, redirectUri, user }
  })
}

/** An access token straight away (RFC 6749, section 4.2), for clients with that grant. */
export async function startImplicit(
  ctx: Ctx,
  input: Omit<StartCode, 'challenge'>,
): Promise<Issued & { redirectUri: string; user: User }> {
  const page = await clientForPage(ctx, { ...input, grant: 'implicit' })
  const { client, redirectUri } = page
  return allowing(ctx, input.credentials, async (tx, user) => {
    const issued = await startSession(ctx, tx, { kind: 'access', userId: user.id, client })
    await tellStart(ctx, tx, issued, user)
    return { ...issued, redirectUri, user }
  })
}

async function allowing<T>(
  ctx: Ctx,
  credentials: Credentials | undefined,
  use: (tx: Tx, user: User) => Promise<T>,
): Promise<T> {
  if (credentials) return withAccount(ctx, credentials, use)
  const { userId, sessionId } = actingUser(ctx)
  return ctx.write(async (tx) => {
    const session = await tx.sessions.hold(sessionId)
    const user = await tx.users.find(userId)
    if (!session || !user || closedAccount(ctx, user)) return fault('unauthenticated', 'session')
    return use(tx, user)
  })
}
