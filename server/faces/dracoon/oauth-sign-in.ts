import type { Ctx } from '../../core/ctx.ts'
import { type Fault, isFault } from '../../core/fault.ts'
import { clientForPage } from '../../core/sessions/authorize-client.ts'
import { startCode, startImplicit } from '../../core/sessions/start-code.ts'
import type { Answer, FaceRequest } from '../operation.ts'
import { type OAuthError, told } from './oauth-answers.ts'
import { formToken, isOwnForm } from './oauth-form-guard.ts'
import { messagePage, signInPage } from './oauth-pages.ts'
import { type BackValues, leadBack, withValues } from './oauth-redirect.ts'
import { needed, type OAuthValues, oauthForm, oauthQuery } from './oauth-request.ts'
import { sentence } from './sentences.ts'

/** GET /oauth/authorize: the page on which a person signs in for a client. */
export async function showSignIn(ctx: Ctx, request: FaceRequest): Promise<Answer> {
  return onPage(async () => {
    const values = oauthQuery(request)
    const place = await placeOf(ctx, request, values)
    return refusal(values, place) ?? form(ctx, request, values, place, undefined, 200)
  })
}

/** POST /oauth/authorize: checks the form, signs in, and leads back with a code or a token. */
export async function authorize(ctx: Ctx, request: FaceRequest): Promise<Answer> {
  return onPage(async () => {
    const values = await oauthForm(request)
    const place = await placeOf(ctx, request, values)
    const refused = refusal(values, place)
    if (refused) return refused
    if (!isOwnForm(ctx, request, values.form_token)) {
      return form(ctx, request, values, place, 'This page was too old. Please try again.', 403)
    }
    try {
      const back = await signInFor(ctx, request, values)
      return leadBack(place.redirect, { ...back, state: values.state }, place.answer)
    } catch (error) {
      if (!isFault(error) || error.subject === 'client') throw error
      return form(ctx, request, values, place, problemText(error), told(error)[0])
    }
  })
}

type Place = {
  readonly clientName: string
  readonly redirect: string
  /** Where the answer stands in the redirect: codes in the query, tokens behind the hash. */
  readonly answer: 'query' | 'fragment'
}

async function placeOf(ctx: Ctx, request: FaceRequest, values: OAuthValues): Promise<Place> {
  const implicit = values.response_type === 'token'
  const { client, redirectUri } = await clientForPage(ctx, {
    clientId: needed(values, 'client_id'),
    redirectUri: values.redirect_uri,
    grant: implicit ? 'implicit' : 'authorization_code',
    base: request.publicUrl,
  })
  return {
    clientName: client.name,
    redirect: redirectUri,
    answer: implicit ? 'fragment' : 'query',
  }
}

// What is wrong with the request itself is told to the client, by redirect (RFC 6749, 4.1.2.1).
function refusal(values: OAuthValues, place: Place): Answer | undefined {
  const { response_type: type, scope, state, code_challenge: challenge } = values
  const refuse = (error: OAuthError) => leadBack(place.redirect, { error, state }, place.answer)
  if (type === undefined) return refuse('invalid_request')
  if (type !== 'code' && type !== 'token') return refuse('unsupported_response_type')
  if (scope?.split(' ').some((one) => one !== '' && one !== 'all')) {
    return refuse('invalid_scope')
  }
  const method = values.code_challenge_method ?? 'plain'
  const known = method === 'S256' || method === 'plain'
  return challenge !== undefined && !known ? refuse('invalid_request') : undefined
}

async function signInFor(ctx: Ctx, request: FaceRequest, values: OAuthValues): Promise<BackValues> {
  const input = {
    clientId: needed(values, 'client_id'),
    redirectUri: values.redirect_uri,
    base: request.publicUrl,
    credentials: { login: needed(values, 'login'), password: needed(values, 'password') },
  }
  if (values.response_type === 'token') {
    const { token, session } = await startImplicit(ctx, input)
    const seconds = Math.floor((session.expireAt - ctx.now) / 1000)
    return { access_token: token, token_type: 'bearer', expires_in: String(seconds), scope: 'all' }
  }
  const { code_challenge: value, code_challenge_method: method } = values
  const challenge =
    value === undefined
      ? undefined
      : ({ value, method: method === 'S256' ? method : 'plain' } as const)
  const { code } = await startCode(ctx, { ...input, challenge })
  return { code }
}

const carried = [
  'client_id',
  'redirect_uri',
  'response_type',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
  'user_agent_info',
] as const

function form(
  ctx: Ctx,
  request: FaceRequest,
  values: OAuthValues,
  place: Place,
  problem: string | undefined,
  status: number,
): Answer {
  const guard = formToken(ctx, request)
  const hidden = Object.fromEntries(carried.map((name) => [name, values[name]]))
  const denied = { error: 'access_denied', state: values.state }
  return signInPage(
    {
      clientName: place.clientName,
      hidden: { ...hidden, form_token: guard.token },
      login: values.login ?? '',
      problem,
      cancel: withValues(place.redirect, denied, place.answer),
      redirect: place.redirect,
      canRecover: ctx.mailer !== null,
    },
    status,
    guard.headers,
  )
}

function problemText(error: Fault): string {
  if (error.code === 'wrong-credentials') return 'User name or password is wrong.'
  if (error.code === 'locked') return 'Too many failures. Please wait a while and try again.'
  return `${sentence(error)}.`
}

/** Where no redirect can be trusted, a person is told on a page. */
async function onPage(show: () => Promise<Answer>): Promise<Answer> {
  try {
    return await show()
  } catch (error) {
    if (!isFault(error)) throw error
    const [status, word] = told(error)
    const title = word === 'temporarily_unavailable' ? 'Not available' : 'This link does not work'
    return messagePage(title, `${sentence(error)}.`, status)
  }
}
