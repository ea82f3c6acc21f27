import type { SentCode } from '../../core/codes/send-code.ts'
import type { Ctx } from '../../core/ctx.ts'
import type { Fault } from '../../core/fault.ts'
import { ownProfile } from '../../core/profiles/own-profile.ts'
import {
  type BeginSignIn,
  beginSignIn,
  finishSignIn,
  type WebSession,
} from '../../core/sessions/begin-sign-in.ts'
import { nameTaken } from '../../core/users/name-taken.ts'
import type { FaceRequest, Headers, Row } from '../operation.ts'
import { connectionOf } from './auth.ts'
import { isOwnOrigin, sessionCookie } from './cookie.ts'
import type { ExistingUser, LoginRefusal, LoginSecondFactor } from './generated/shapes.ts'
import { nobodyId, readCode, userCode } from './ids.ts'
import { op } from './op.ts'
import { own } from './own.ts'
import { type Caller, presentEnv, presentSignedIn, presentUser } from './present-env.ts'
import { sentence } from './sentences.ts'

/** Who is there, and signing in. */
const signingIn: Row[] = [
  op('yp.get_env', {
    auth: 'open',
    run: callerOf,
    reply: (caller, _given, ctx, request) => presentEnv(ctx, caller, request),
  }),
  op('yp.hello', {
    auth: 'open',
    run: callerOf,
    reply: (caller, _given, ctx, request) => presentUser(ctx, caller, request),
  }),
  op('yp.login', {
    auth: 'open',
    changes: true,
    run: (ctx, { body: { vars } }) => beginSignIn(ctx, credentialsOf(vars)),
    reply: (begun, _given, ctx, request) =>
      'sent' in begun ? presentAsked(begun.sent) : presentSignedIn(ctx, begun.own, request),
    refusal: refusedSignIn,
    headers: (begun, ctx, request) => ('sent' in begun ? {} : cookieFor(begun, ctx, request)),
  }),
  op('yp.authenticate', {
    auth: 'open',
    changes: true,
    run: (ctx, { body }) => finishSignIn(ctx, { secret: body.secret, short: body.code }),
    reply: ({ own: caller }, _given, ctx, request) => presentSignedIn(ctx, caller, request),
    refusal: ({ subject }, { body }) =>
      subject === 'code' || subject === 'user'
        ? { status: 'INVALID_CODE' as const, secret: body.secret }
        : undefined,
    headers: cookieFor,
  }),
  op('yp.reset_session', {
    auth: 'open',
    run: async () => undefined,
    reply: (_nothing, { body }, ctx) => ({
      socket_id: body.socket_id,
      uid: ctx.actor.kind === 'user' ? userCode(ctx.actor.userId) : nobodyId,
      connection: connectionOf(ctx.actor),
    }),
  }),
]

/** Which names are taken: told to who is signed in, and nothing but that they are. */
const takenNames: Row[] = [
  ...(['yp.username_exists', 'yp.ident_exists'] as const).map((id) =>
    own(id, {
      run: (ctx, { body }) => nameTaken(ctx, { userName: body.value }),
      reply: (userId, { body }) => presentTaken(userId, { username: body.value }),
    }),
  ),
  own('yp.email_exists', {
    run: (ctx, { body }) => nameTaken(ctx, { email: body.value }),
    reply: (userId, { body }) => presentTaken(userId, { email: body.value }),
  }),
]

export const ypRows: Row[] = [...signingIn, ...takenNames]

async function callerOf(ctx: Ctx): Promise<Caller> {
  return ctx.actor.kind === 'user' ? ownProfile(ctx) : null
}

type Vars = {
  ident?: string
  username?: string
  uid?: string
  password?: string
  secret?: string
}

/** The code that must follow; of a number its last digits are told, of an address nothing. */
function presentAsked({ secret, channel, hint }: SentCode): LoginSecondFactor {
  return channel === 'text' ? { secret, mobile: hint } : { secret }
}

/** A user name, an e-mail address or a user's id; `secret` brings back an account that was left. */
function credentialsOf({ ident, username, uid, password = '', secret }: Vars): BeginSignIn {
  const login = ident ?? username ?? uid ?? ''
  const comeBack = secret || undefined
  const named = readCode(login)
  if (named?.kind === 'user') return { login: String(named.id), by: 'id', password, comeBack }
  return { login, password, comeBack }
}

/** A page of another site must not sign anybody in here. */
function cookieFor({ session, token }: WebSession, ctx: Ctx, request: FaceRequest): Headers {
  if (!isOwnOrigin(request)) return {}
  const maxAge = Math.floor((session.expireAt - ctx.now) / 1000)
  return { 'set-cookie': sessionCookie(request, token, maxAge) }
}

function presentTaken(
  userId: number | undefined,
  name: { readonly username: string } | { readonly email: string },
): ExistingUser | [] {
  return userId === undefined ? [] : { id: userCode(userId), ...name, exists: 1 }
}

const refusals: Partial<Record<Fault['code'], LoginRefusal['status']>> = {
  'wrong-credentials': 'WRONG_CREDENTIALS',
  locked: 'BLOCKED',
  disabled: 'BLOCKED',
  expired: 'ARCHIVED',
}

/** A sign-in that fails is answered in the data (dossier 6). */
function refusedSignIn(error: Fault): LoginRefusal | undefined {
  const status = error.subject === 'user' ? refusals[error.code] : undefined
  if (status === undefined) return undefined
  return { status, error: 'user_error', reason: sentence(error) }
}
