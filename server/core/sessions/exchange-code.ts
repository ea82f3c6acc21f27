import type { Ctx } from '../ctx.ts'
import { Fault } from '../fault.ts'
import type { Tx } from '../store.ts'
import type { User } from '../users/user.ts'
import { authorizeClient, type ClientProof } from './authorize-client.ts'
import type { Client } from './client-store.ts'
import { type Challenge, provesKey } from './proof-key.ts'
import type { Session, SignedIn } from './session.ts'
import { type NewSignIn, tellStart } from './sign-in.ts'
import { startTokens } from './start-session.ts'
import { closedAccount } from './with-account.ts'

export type ExchangeCode = ClientProof & {
  readonly code: string
  /** As it was sent when the code was asked for. */
  readonly redirectUri?: string
  readonly verifier?: string
}

/**
 * Tokens for a code. A code that is used a second time ends what came of it (RFC 6749, section
 * 4.1.2). Faults: those of `authorizeClient`; 'unauthenticated' 'session' for a code that is
 * unknown, over, used, of another program, or asked for otherwise.
 */
export async function exchangeCode(ctx: Ctx, input: ExchangeCode): Promise<NewSignIn> {
  const client = await authorizeClient(ctx, { ...input, grant: 'authorization_code' })
  const digest = ctx.secrets.digest(input.code)
  const outcome = await ctx.write(async (tx): Promise<NewSignIn | Fault> => {
    const found = await tx.sessions.findByDigest(digest, ctx.now)
    if (!found || !fits(ctx, client, found, input)) return refusal()
    const { session, user } = found
    const isThere = await tx.sessions.hold(session.id)
    if (!isThere) return refusal()
    if (!(await tx.sessions.consume(session.id, ctx.now))) {
      // Committed, so it is not thrown here.
      await tx.sessions.removeFamily(session.familyId)
      return refusal()
    }
    return tokensFor(ctx, tx, client, session, user)
  })
  if (outcome instanceof Fault) throw outcome
  return outcome
}

function refusal(): Fault {
  return new Fault('unauthenticated', 'session')
}

function fits(
  ctx: Ctx,
  client: Client,
  { session, user }: SignedIn,
  { redirectUri, verifier }: ExchangeCode,
): boolean {
  const { kind, clientId, expireAt, data } = session
  if (kind !== 'code' || clientId !== client.id || expireAt <= ctx.now) return false
  if (redirectUri === undefined ? data.asked === 'yes' : redirectUri !== data.redirectUri) {
    return false
  }
  const { challenge: value, method } = data
  const challenge: Challenge | undefined =
    value === undefined ? undefined : { method: method === 'plain' ? 'plain' : 'S256', value }
  return provesKey(ctx.secrets, challenge, verifier) && closedAccount(ctx, user) === undefined
}

async function tokensFor(
  ctx: Ctx,
  tx: Tx,
  client: Client,
  code: Session,
  user: User,
): Promise<NewSignIn> {
  const { access, refresh } = await startTokens(ctx, tx, {
    userId: user.id,
    familyId: code.familyId,
    client,
    withRefresh: client.grantTypes.includes('refresh_token'),
  })
  await tellStart(ctx, tx, access, user)
  return { session: access.session, user, token: access.token, refresh }
}
