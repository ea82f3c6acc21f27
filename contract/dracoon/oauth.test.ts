import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adminPassword, startWorld, type World } from '../world.ts'

const clientId = 'dracoon_legacy_scripting'
const basic = (text: string, encoding: 'base64' | 'base64url' = 'base64') => ({
  authorization: `Basic ${Buffer.from(text).toString(encoding)}`,
})
const passwordGrant = { grant_type: 'password', username: 'admin', password: adminPassword }

describe('OAuth of the DRACOON face', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
  })
  afterAll(() => world?.stop())

  const send = async (
    path: string,
    form: Record<string, string>,
    headers: Record<string, string> = {},
  ) => {
    const body = new URLSearchParams(form)
    const init = { method: 'POST', body, headers, redirect: 'manual' } as const
    const response = await fetch(`${world.url}/oauth/${path}`, init)
    const text = await response.text()
    return { status: response.status, headers: response.headers, text }
  }
  const tokens = async (form: Record<string, string>, headers: Record<string, string> = {}) => {
    const { status, text } = await send('token', form, headers)
    return { status, body: JSON.parse(text) as Record<string, string | number> }
  }
  const ping = async (token: string | number | undefined) => {
    const headers = { authorization: `Bearer ${token}` }
    return (await fetch(`${world.url}/api/v4/user/ping`, { headers })).status
  }

  it('takes a client in all the forms in which clients name themselves', async () => {
    const forms = [
      tokens(passwordGrant, basic(`${clientId}:`)),
      tokens(passwordGrant, basic(`${clientId}:`, 'base64url')),
      tokens({ ...passwordGrant, client_id: clientId, client_secret: '' }),
      tokens({ ...passwordGrant, client_id: clientId }, { authorization: 'Bearer stale' }),
    ]
    for (const { status, body } of await Promise.all(forms)) {
      expect(status).toBe(200)
      expect(body).toMatchObject({ token_type: 'bearer', scope: 'all', expires_in: 28_800 })
      expect(await ping(body.access_token)).toBe(200)
    }
  })

  it('says in the words of RFC 6749 what is wrong', async () => {
    const own = basic(`${clientId}:`)
    const wrong = { ...passwordGrant, password: 'wrong' }
    const cases = [
      [await tokens(passwordGrant, basic('nobody:')), 401, 'invalid_client'],
      [await tokens(passwordGrant, basic(`${clientId}:secret`)), 401, 'invalid_client'],
      [await tokens(wrong, own), 400, 'invalid_grant'],
      [
        await tokens({ grant_type: 'refresh_token', refresh_token: 'x' }, own),
        400,
        'invalid_grant',
      ],
      [await tokens({ grant_type: 'client_credentials' }, own), 400, 'unsupported_grant_type'],
      [await tokens({ ...passwordGrant, scope: 'some' }, own), 400, 'invalid_scope'],
      [await tokens({ grant_type: 'password' }, own), 400, 'invalid_request'],
    ] as const
    for (const [{ status, body }, wantedStatus, error] of cases) {
      expect([status, body.error]).toEqual([wantedStatus, error])
    }
  })

  it('refreshes more than once from one token, and revokes the family', async () => {
    const own = basic(`${clientId}:`)
    const first = (await tokens(passwordGrant, own)).body
    const form = { grant_type: 'refresh_token', refresh_token: String(first.refresh_token) }
    const second = (await tokens(form, own)).body
    const third = (await tokens(form, own)).body
    const three = [first, second, third].map((one) => one.access_token)
    expect(new Set(three).size).toBe(3)
    const client = { client_id: clientId, client_secret: '' }
    const stale = { authorization: `Bearer ${first.access_token}` }
    const revoked = await send('revoke', { ...client, token: String(third.access_token) }, stale)
    expect([revoked.status, revoked.text]).toEqual([200, ''])
    for (const token of three) expect(await ping(token)).toBe(401)
    expect((await send('revoke', { ...client, token: 'unknown' })).status).toBe(200)
  })

  it('leads from the sign-in page to a code that works once', async () => {
    const page = await openPage(`${world.url}/oauth/callback`)
    expect(page.status).toBe(200)
    const form = { ...page.form, login: 'admin', password: adminPassword }
    const answer = await send('authorize', form, { cookie: page.cookie })
    expect(answer.status).toBe(302)
    const back = new URL(answer.headers.get('location') ?? '')
    expect(back.searchParams.get('state')).toBe('s "<1')
    const shown = await (await fetch(back)).text()
    const code = back.searchParams.get('code') ?? ''
    expect(shown).toContain(`value="${code}"`)
    const exchange = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: `${world.url}/oauth/callback`,
    }
    const granted = await tokens(exchange, basic(`${clientId}:`))
    expect(await ping(granted.body.access_token)).toBe(200)
    const again = await tokens(exchange, basic(`${clientId}:`))
    expect([again.status, again.body.error]).toEqual([400, 'invalid_grant'])
  })

  it('takes the form from its own page only, and tells of a wrong password there', async () => {
    const page = await openPage('x-dracoon-action:oauth')
    const form = { ...page.form, login: 'admin', password: adminPassword }
    expect((await send('authorize', form)).status).toBe(403)
    const evil = { cookie: page.cookie, origin: 'https://evil.test' }
    expect((await send('authorize', form, evil)).status).toBe(403)
    const wrong = await send('authorize', { ...form, password: 'no' }, { cookie: page.cookie })
    expect(wrong.status).toBe(400)
    expect(wrong.text).toContain('User name or password is wrong.')
    const right = await send('authorize', form, { cookie: page.cookie })
    expect(right.headers.get('location')).toMatch(/^x-dracoon-action:oauth\?code=/)
  })

  it('sends nothing to an address that is not registered', async () => {
    const page = await openPage('https://evil.test/')
    expect(page.status).toBe(400)
    expect(page.location).toBeNull()
  })

  async function openPage(redirectUri: string) {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirectUri,
      state: 's "<1',
    })
    const url = `${world.url}/oauth/authorize?${query}`
    const response = await fetch(url, { redirect: 'manual' })
    const text = await response.text()
    const fields = [...text.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)]
    return {
      status: response.status,
      location: response.headers.get('location'),
      cookie: (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '',
      form: Object.fromEntries(fields.map(([, name = '', value = '']) => [name, plain(value)])),
    }
  }
})

const plain = (html: string) =>
  html.replace(/&#(\d+);/g, (_all, n) => String.fromCharCode(Number(n)))
