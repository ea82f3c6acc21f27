import type { Ctx } from '../../core/ctx.ts'
import { fault } from '../../core/fault.ts'
import { exchangeCode } from '../../core/sessions/exchange-code.ts'
import { refreshTokens } from '../../core/sessions/refresh-tokens.ts'
import { revokeToken } from '../../core/sessions/revoke-token.ts'
import { type NewSignIn, signIn } from '../../core/sessions/sign-in.ts'
import type { Answer, FaceRequest, Route, Row } from '../operation.ts'
import { unstored } from './oauth-answers.ts'
import { callbackPage } from './oauth-pages.ts'
import { forgotten, showForgotten } from './oauth-recovery.ts'
import { clientProof, needed, type OAuthValues, oauthForm, oauthQuery } from './oauth-request.ts'
import { authorize, showSignIn } from './oauth-sign-in.ts'

/** OAuth 2 as the clients of this API speak it (dossier 2.1); not in the document. */

export function isOAuth(path: string): boolean {
  return path === '/oauth' || path.startsWith('/oauth/')
}

export const oauthRoutes: readonly Route[] = [
  { operationId: 'oauth.showSignIn', methods: ['GET'], path: '/oauth/authorize' },
  { operationId: 'oauth.authorize', methods: ['POST'], path: '/oauth/authorize' },
  { operationId: 'oauth.callback', methods: ['GET'], path: '/oauth/callback' },
  { operationId: 'oauth.showForgotten', methods: ['GET'], path: '/oauth/forgotten' },
  { operationId: 'oauth.forgotten', methods: ['POST'], path: '/oauth/forgotten' },
  { operationId: 'oauth.token', methods: ['POST'], path: '/oauth/token' },
  { operationId: 'oauth.revoke', methods: ['POST'], path: '/oauth/revoke' },
]

export function oauthRows(): Row[] {
  return [
    { id: 'oauth.showSignIn', auth: 'none', handle: showSignIn },
    { id: 'oauth.authorize', auth: 'none', handle: authorize },
    { id: 'oauth.callback', auth: 'none', handle: callback },
    { id: 'oauth.showForgotten', auth: 'none', handle: showForgotten },
    { id: 'oauth.forgotten', auth: 'none', handle: forgotten },
    { id: 'oauth.token', auth: 'none', handle: token },
    { id: 'oauth.revoke', auth: 'none', handle: revoke },
  ]
}

async function callback(_ctx: Ctx, request: FaceRequest): Promise<Answer> {
  const { code, error, error_description: reason } = oauthQuery(request)
  return callbackPage({ code, error, reason })
}

async function token(ctx: Ctx, request: FaceRequest): Promise<Answer> {
  const values = await oauthForm(request)
  const grant = needed(values, 'grant_type')
  const run = Object.hasOwn(grants, grant) ? grants[grant] : undefined
  if (!run) return fault('invalid', 'body', undefined, { field: 'grant_type', rule: 'grant-type' })
  checkScope(values)
  const tokens = await run(ctx, request, values)
  return { status: 200, headers: unstored, json: presentTokens(ctx, tokens) }
}

type Grant = (ctx: Ctx, request: FaceRequest, values: OAuthValues) => Promise<NewSignIn>

const grants: Readonly<Record<string, Grant>> = {
  authorization_code: (ctx, request, values) =>
    exchangeCode(ctx, {
      ...clientProof(request, values),
      code: needed(values, 'code'),
      redirectUri: values.redirect_uri,
      verifier: values.code_verifier,
    }),
  refresh_token: (ctx, request, values) =>
    refreshTokens(ctx, {
      ...clientProof(request, values),
      refreshToken: needed(values, 'refresh_token'),
    }),
  password: (ctx, request, values) =>
    signIn(ctx, {
      ...clientProof(request, values),
      kind: 'access',
      login: needed(values, 'username'),
      password: needed(values, 'password'),
    }),
}

function presentTokens(ctx: Ctx, tokens: NewSignIn): unknown {
  const { session } = tokens
  return {
    access_token: tokens.token,
    token_type: 'bearer',
    refresh_token: tokens.refresh?.token,
    expires_in: Math.max(1, Math.floor((session.expireAt - ctx.now) / 1000)),
    expires_in_inactive: session.idleSeconds > 0 ? session.idleSeconds : undefined,
    scope: 'all',
  }
}

/** RFC 7009: 200 for tokens that nobody knows, too. */
async function revoke(ctx: Ctx, request: FaceRequest): Promise<Answer> {
  const values = await oauthForm(request)
  const token = needed(values, 'token')
  await revokeToken(ctx, { ...clientProof(request, values), token })
  return { status: 200, headers: unstored }
}

function checkScope({ scope }: OAuthValues): void {
  if (scope === undefined || scope.split(' ').every((one) => one === '' || one === 'all')) return
  fault('invalid', 'body', undefined, { field: 'scope', rule: 'scope' })
}
