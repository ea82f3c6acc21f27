import { describe, expect, it } from 'vitest'
import { Fault } from '../../core/fault.ts'
import type { FaceRequest } from '../operation.ts'
import { told } from './oauth-answers.ts'
import { callbackPage, signInPage } from './oauth-pages.ts'
import { withValues } from './oauth-redirect.ts'
import { clientProof } from './oauth-request.ts'

const requestWith = (authorization?: string) =>
  ({ headers: { authorization } }) as Partial<FaceRequest> as FaceRequest

describe('clientProof', () => {
  const basic = (text: string, encoding: 'base64' | 'base64url') =>
    requestWith(`Basic ${Buffer.from(text).toString(encoding)}`)

  it.each([
    ['base64', 'client:Secret?>1'],
    ['base64url', 'client:Secret?>1'],
    ['base64url', 'client:a'],
  ] as const)('reads Basic in %s', (encoding, text) => {
    const [clientId, clientSecret] = text.split(':')
    expect(clientProof(basic(text, encoding), {})).toEqual({ clientId, clientSecret })
  })

  it('reads an empty secret, in the header and in the body', () => {
    const expected = { clientId: 'scripts', clientSecret: '' }
    expect(clientProof(basic('scripts:', 'base64'), {})).toEqual(expected)
    expect(clientProof(requestWith(), { client_id: 'scripts' })).toEqual(expected)
  })

  it('does not look at a Bearer token', () => {
    const values = { client_id: 'c', client_secret: 's' }
    const expected = { clientId: 'c', clientSecret: 's' }
    expect(clientProof(requestWith('Bearer stale'), values)).toEqual(expected)
  })

  it('misses a client that says nothing', () => {
    expect(() => clientProof(requestWith(), {})).toThrow(/invalid body/)
  })
})

describe('told', () => {
  it.each([
    [new Fault('wrong-credentials', 'client'), 401, 'invalid_client'],
    [new Fault('forbidden', 'client'), 400, 'unauthorized_client'],
    [new Fault('wrong-credentials', 'user'), 400, 'invalid_grant'],
    [new Fault('locked', 'user'), 400, 'invalid_grant'],
    [new Fault('unauthenticated', 'session'), 400, 'invalid_grant'],
    [new Fault('invalid', 'body', undefined, { rule: 'required' }), 400, 'invalid_request'],
    [
      new Fault('invalid', 'body', undefined, { rule: 'grant-type' }),
      400,
      'unsupported_grant_type',
    ],
    [new Fault('unavailable', 'session'), 503, 'temporarily_unavailable'],
  ])('%s', (error, status, word) => {
    expect(told(error)).toEqual([status, word])
  })
})

describe('withValues', () => {
  it('puts the answer into any redirect URI', () => {
    const values = { code: 'a b', state: undefined }
    expect(withValues('x-dracoon-action:oauth', values, 'query')).toBe(
      'x-dracoon-action:oauth?code=a+b',
    )
    expect(withValues('http://h/?a=1', values, 'query')).toBe('http://h/?a=1&code=a+b')
    expect(withValues('http://h/', values, 'fragment')).toBe('http://h/#code=a+b')
    expect(withValues('http://h/ü\r\n', {}, 'query')).toBe('http://h/%C3%BC%0D%0A?')
  })
})

describe('pages', () => {
  const page = signInPage(
    {
      clientName: '<b>App</b>',
      hidden: { state: '"><script>alert(1)</script>', scope: undefined },
      login: '"x',
      problem: 'No & never',
      cancel: 'x-app:cb?error=access_denied',
      redirect: 'x-app:cb',
      canRecover: false,
    },
    401,
  )
  const text = 'text' in page ? page.text : ''

  it('escapes what comes from outside', () => {
    expect(text).not.toContain('<script')
    expect(text).not.toContain('<b>App')
    expect(text).toContain('value="&#34;x"')
    expect(text).toContain('No &#38; never')
    expect(text).not.toContain('name="scope"')
  })

  it('allows its own style and the way back, and nothing else', () => {
    const policy = String(page.headers?.['content-security-policy'])
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self' x-app:;/,
    )
  })

  it('tells a screen reader what went wrong', () => {
    expect(text).toContain('role="alert"')
    expect(text.match(/aria-describedby="problem"/g)).toHaveLength(2)
    expect(text).toContain('<label for="password">')
  })

  it('shows a code to be copied', () => {
    const shown = callbackPage({ code: 'abc"' })
    expect('text' in shown && shown.text).toContain('value="abc&#34;"')
    expect(callbackPage({ error: 'access_denied' }).status).toBe(400)
  })
})
