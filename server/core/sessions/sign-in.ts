import { checkLine } from '../../lib/names/plain-line.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import type { Tx } from '../store.ts'
import type { User } from '../users/user.ts'
import { authorizeClient } from './authorize-client.ts'
import type { Client } from './client-store.ts'
import type { SignedIn } from './session.ts'
import { type Issued, startSession, startTokens } from './start-session.ts'
import { type Credentials, withAccount } from './with-account.ts'

export type SignIn = Credentials & {
  readonly kind: 'access' | 'login' | 'token' | 'cookie'
  /** The program for which tokens are given; it must have the grant `password`. */
  readonly clientId?: string
  readonly clientSecret?: string
  /** `token`: without an end. */
  readonly permanent?: boolean
  /** What the user calls the device. */
  readonly device?: string
}

export type NewSignIn = SignedIn & {
  readonly token: string
  /** Where the program may renew its token. */
  readonly refresh?: Issued
}

const maxDevice = 150

/**
 * Signs a user in with login and password. Faults: those of `withAccount` and `authorizeClient`;
 * 'invalid' 'session' with data.field 'device'.
 */
export async function signIn(ctx: Ctx, input: SignIn): Promise<NewSignIn> {
  const { device } = input
  const rule = device === undefined ? undefined : checkLine(device, maxDevice)
  if (rule) fault('invalid', 'session', undefined, { field: 'device', rule })
  const client =
    input.clientId === undefined
      ? undefined
      : await authorizeClient(ctx, { ...input, clientId: input.clientId, grant: 'password' })
  return withAccount(ctx, input, (tx, user) => startFor(ctx, tx, user, { ...input, client }))
}

type Start = SignIn & { readonly client: Client | undefined }

/** Writes the session of a sign-in and its event. Decides nothing. */
export async function startFor(ctx: Ctx, tx: Tx, user: User, input: Start): Promise<NewSignIn> {
  const { kind, client, permanent, device } = input
  const data: Record<string, string> = device === undefined ? {} : { device }
  const session = { userId: user.id, client, permanent, data }
  const withRefresh = client?.grantTypes.includes('refresh_token') ?? false
  const { access, refresh } =
    kind === 'access'
      ? await startTokens(ctx, tx, { ...session, withRefresh })
      : { access: await startSession(ctx, tx, { ...session, kind }), refresh: undefined }
  await tellStart(ctx, tx, access, user)
  return { session: access.session, user, token: access.token, refresh }
}

/** Writes the event of a new session, in the name of its user. */
export async function tellStart(ctx: Ctx, tx: Tx, { session }: Issued, user: User): Promise<void> {
  const actor = { kind: 'user', userId: user.id, roles: user.roles, sessionId: session.id } as const
  const data = { kind: session.kind, client: session.clientId, session: session.id }
  await recordEvents({ ...ctx, actor }, tx, [{ type: 'session.started', subjectId: user.id, data }])
}
