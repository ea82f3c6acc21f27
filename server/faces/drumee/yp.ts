import type { Ctx } from '../../core/ctx.ts'
import type { Fault } from '../../core/fault.ts'
import { signIn } from '../../core/sessions/sign-in.ts'
import { ownAccount } from '../../core/users/own-account.ts'
import type { Headers, Row } from '../operation.ts'
import { isOwnOrigin, sessionCookie } from './cookie.ts'
import type { LoginRefusal } from './generated/shapes.ts'
import { op } from './op.ts'
import { presentEnv, presentSignedIn, presentUser, type Visitor } from './present-env.ts'
import { sentence } from './sentences.ts'

export const ypRows: Row[] = [
  op('yp.get_env', {
    auth: 'open',
    run: visitorOf,
    reply: (visitor, _given, ctx, request) => presentEnv(ctx, visitor, request),
  }),
  op('yp.hello', {
    auth: 'open',
    run: visitorOf,
    reply: (visitor, _given, ctx, request) => presentUser(ctx, visitor, request),
  }),
  op('yp.login', {
    auth: 'open',
    changes: true,
    run: (ctx, { body: { vars } }) =>
      signIn(ctx, {
        login: vars.ident ?? vars.username ?? vars.uid ?? '',
        password: vars.password ?? '',
        kind: 'cookie',
      }),
    reply: ({ user }, _given, ctx, request) => presentSignedIn(ctx, user, request),
    refusal: refusedSignIn,
    headers: ({ session, token }, ctx, request): Headers => {
      const maxAge = Math.floor((session.expireAt - ctx.now) / 1000)
      // A page of another site must not sign anybody in here.
      return isOwnOrigin(request) ? { 'set-cookie': sessionCookie(request, token, maxAge) } : {}
    },
  }),
]

async function visitorOf(ctx: Ctx): Promise<Visitor> {
  return ctx.actor.kind === 'user' ? (await ownAccount(ctx)).user : null
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
