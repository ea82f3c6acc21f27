import type { Ctx } from '../../core/ctx.ts'
import { Fault, isFault } from '../../core/fault.ts'
import { clientForSignIn } from '../../core/sessions/client-for-sign-in.ts'
import { startCode } from '../../core/sessions/start-code.ts'
import type { Answer, FaceRequest, Headers } from '../operation.ts'
import { type OAuthError, told } from './oauth-answers.ts'
import { formToken, isOwnForm } from './oauth-form-guard.ts'
import { messagePage, signInPage } from './oauth-pages.ts'
import { needed, oauthForm, oauthQuery, type OAuthValues } from './oauth-request.ts'
import { sentence } from './sentences.ts'
import { canonicalRedirect, redirectAddress } from './standard-clients.ts'

/** GET /oauth/authorize: the page on which a person signs in for a client. */
export async function showSignIn(ctx: Ctx, request: FaceRequest): Promise<Answer> {
  return onPage(async () => {
    const values = oauthQuery(request)
    const place = await placeOf(ctx, request, values)
    return refusal(values, place) ?? form(ctx, request, values, place, undefined, 200)
  })
}

/** POST /oauth/authorize: checks the form, signs in, and leads back with a code. */
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
      const { code } = await startCode(ctx, {
        login: needed(values, 'login'),
        password: needed(values, 'password'),
        clientId: place.clientId,
        redirectUri: place.canonical,
        state: values.state,
        challenge: values.code_challenge,
        device: deviceOf(values),
      })
      return leadTo(place.redirect, { code, state: values.state })
    } catch (error) {
      if (!isFault(error) || error.subject === 'client') throw error
      return form(ctx, request, values, place, problemText(error), told(error)[0])
    }
  })
}

type Place = {
  readonly clientId: string
  readonly clientName: string
  /** As core compares it. */
  readonly canonical: string
  /** Where the browser goes. */
  readonly redirect: string
}

async function placeOf(ctx: Ctx, request: FaceRequest, values: OAuthValues): Promise<Place> {
  const given = values.redirect_uri
  const { client, redirectUri } = await clientForSignIn(ctx, {
    clientId: needed(values, 'client_id'),
    redirectUri: given === undefined ? undefined : canonicalRedirect(given, request.publicUrl),
  })
  return {
    clientId: client.id,
    clientName: client.name,
    canonical: redirectUri,
    redirect: given ?? redirectAddress(redirectUri, request.publicUrl),
  }
}

// What is wrong with the request itself is told to the client, by redirect (RFC 6749, 4.1.2.1).
function refusal(values: OAuthValues, place: Place): Answer | undefined {
  const { response_type: type, scope, state, code_challenge: challenge } = values
  const refuse = (error: OAuthError) => leadTo(place.redirect, { error, state })
  if (type === undefined) return refuse('invalid_request')
  if (type !== 'code') return refuse('unsupported_response_type')
  if (scope !== undefined && scope.split(' ').some((one) => one !== '' && one !== 'all')) {
    return refuse('invalid_scope')
  }
  const method = values.code_challenge_method ?? 'plain'
  return challenge !== undefined && method !== 'S256' ? refuse('invalid_request') : undefined
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
  return signInPage(
    {
      clientName: place.clientName,
      hidden: { ...hidden, form_token: guard.token },
      login: values.login ?? '',
      problem,
      cancel: withQuery(place.redirect, { error: 'access_denied', state: values.state }),
      redirect: place.redirect,
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

function leadTo(address: string, values: Readonly<Record<string, string | undefined>>): Answer {
  const headers: Headers = {
    location: withQuery(address, values),
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  }
  return { status: 302, headers }
}

function withQuery(address: string, values: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) if (value !== undefined) query.set(name, value)
  return `${address}${address.includes('?') ? '&' : '?'}${query}`
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

/** The name of the device, base64 of UTF-8, for the list of sign-ins. */
function deviceOf(values: OAuthValues): string | undefined {
  const text = Buffer.from(values.user_agent_info ?? '', 'base64').toString('utf8')
  const clean = text.replace(/[\p{C}\uFFFD]/gu, '').trim().slice(0, 150)
  return clean === '' ? undefined : clean
}
