import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { adminPassword, type IdentityWorld, identityWorld } from '../suites/identity-world.suite.ts'
import { faultOf, thrown } from '../suites/node-world.suite.ts'
import { authenticate } from './authenticate.ts'
import { clientForPage } from './authorize-client.ts'
import { endSession } from './end-session.ts'
import { exchangeCode } from './exchange-code.ts'
import { refreshTokens } from './refresh-tokens.ts'
import { revokeToken } from './revoke-token.ts'
import { signIn } from './sign-in.ts'
import { type StartCode, startCode, startImplicit } from './start-code.ts'

const base = 'https://main.test'
const credentials = { login: 'admin', password: adminPassword }
const redirectUri = 'app-scheme:oauth'
const program = { clientId: 'scripts' }
const verifier = 'v'.repeat(43)
const s256 = createHash('sha256').update(verifier).digest('base64url')

describe.each(await testDatabases())('tokens of programs on $kind', (databases) => {
  let world: IdentityWorld

  beforeAll(async () => {
    world = await identityWorld(databases)
  })

  afterAll(() => world.stop())

  const known = async (token: string) =>
    (await authenticate(world.app, world.tenant, { token, kinds: ['access'] })) !== undefined
  const ask = (more: Partial<StartCode> = {}) =>
    startCode(world.stranger(), { ...program, base, redirectUri, credentials, ...more })
  const exchange = (code: string, more: { verifier?: string; redirectUri?: string } = {}) =>
    exchangeCode(world.stranger(), { ...program, code, redirectUri, ...more })
  const byPassword = () => signIn(world.stranger(), { ...credentials, ...program, kind: 'access' })
  const refresh = (refreshToken: string, clientId = 'scripts') =>
    refreshTokens(world.stranger(), { clientId, refreshToken })

  test('a code is good once; the second use ends what came of it', async () => {
    const { code } = await ask()
    expect(await known(code)).toBe(false)
    const { token, refresh: renew } = await exchange(code)
    expect(await known(token)).toBe(true)
    expect(await faultOf(exchange(code))).toBe('unauthenticated session')
    expect(await known(token)).toBe(false)
    expect(await faultOf(refresh(renew!.token))).toBe('unauthenticated session')
    expect(await faultOf(exchange(code))).toBe('unauthenticated session')
  })

  test('of many exchanges at once one succeeds at most, and nothing is left of it', async () => {
    const { code } = await ask()
    const results = await Promise.allSettled(Array.from({ length: 12 }, () => exchange(code)))
    const done = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(done).toHaveLength(1)
    expect(await known(done[0]!.token)).toBe(false)
  })

  test('a code fits its program, its redirect URI and its time', async () => {
    const { code } = await ask()
    const attempts = [
      exchangeCode(world.stranger(), { clientId: 'codes', code, redirectUri }),
      exchange(code, { redirectUri: undefined }),
      exchange(code, { redirectUri: 'app-scheme:oauth2' }),
      exchange(code, { verifier }),
      exchange(`${code}x`),
    ]
    expect(new Set(await Promise.all(attempts.map(faultOf)))).toEqual(
      new Set(['unauthenticated session']),
    )
    expect(await known((await exchange(code)).token)).toBe(true)
    const late = await ask()
    world.advance(301)
    expect(await faultOf(exchange(late.code))).toBe('unauthenticated session')
  })

  test('a challenge is answered, plain or hashed', async () => {
    const hashed = await ask({ challenge: { method: 'S256', value: s256 } })
    expect(await faultOf(exchange(hashed.code))).toBe('unauthenticated session')
    const other = 'w'.repeat(43)
    expect(await faultOf(exchange(hashed.code, { verifier: other }))).toBe(
      'unauthenticated session',
    )
    expect(await faultOf(exchange(hashed.code, { verifier: s256 }))).toBe('unauthenticated session')
    expect(await known((await exchange(hashed.code, { verifier })).token)).toBe(true)
    const plain = await ask({ challenge: { method: 'plain', value: verifier } })
    expect(await known((await exchange(plain.code, { verifier })).token)).toBe(true)
    const short = await thrown(ask({ challenge: { method: 'S256', value: 'short' } }))
    expect(short.data).toEqual({ field: 'challenge', rule: 'form' })
  })

  test('answers go only to registered addresses, exactly, ports of loopbacks aside', async () => {
    const page = (uri: string | undefined) =>
      clientForPage(world.stranger(), {
        ...program,
        grant: 'authorization_code',
        base,
        redirectUri: uri,
      })
    const good = [
      'https://main.test/callback',
      'http://127.0.0.1/done',
      'http://127.0.0.1:49152/done',
      'app-scheme:oauth',
    ]
    for (const uri of good) expect((await page(uri)).redirectUri).toBe(uri)
    const bad = [
      undefined,
      '/callback',
      'https://main.test/callback/',
      'https://main.test/callback?x=1',
      'https://main.test.evil.test/callback',
      'http://localhost:49152/done',
      'http://127.0.0.1:1@evil.test/done',
      'http://127.0.0.1:1/done/more',
      'http://127.0.0.1:1/done#x',
      'https://127.0.0.1/done',
      'APP-SCHEME:oauth',
      'app-scheme:oauth\n',
      'javascript:alert(1)',
    ]
    for (const uri of bad) expect((await thrown(page(uri))).data.field).toBe('redirectUri')
  })

  test('programs do what they may, and prove themselves', async () => {
    const secret = 'S3cretS3cretS3cret'
    await world.asAdmin().write(async (tx) => {
      const client = (await tx.clients.find('scripts'))!
      const digest = world.app.secrets.digest(secret)
      await tx.clients.insert({ ...client, id: 'sealed', isConfidential: true }, digest)
      await tx.clients.insert({ ...client, id: 'broken', isConfidential: true }, null)
      await tx.clients.insert({ ...client, id: 'off', isEnabled: false }, null)
    })
    const as = (clientId: string, clientSecret?: string) =>
      signIn(world.stranger(), { ...credentials, clientId, clientSecret, kind: 'access' })
    expect((await as('sealed', secret)).user.userName).toBe('admin')
    expect((await as('scripts', '')).user.userName).toBe('admin')
    const refused = [
      as('sealed'),
      as('sealed', 'wrong'),
      as('broken'),
      as('broken', ''),
      as('off'),
      as('nobody'),
      as('scripts', 'unasked'),
    ]
    expect(new Set(await Promise.all(refused.map(faultOf)))).toEqual(
      new Set(['wrong-credentials client']),
    )
    expect(await faultOf(as('codes'))).toBe('forbidden client')
    const implicit = { ...program, base, redirectUri, credentials }
    expect(await faultOf(startImplicit(world.stranger(), implicit))).toBe('forbidden client')
  })

  test('a refresh gives another access token, again and again', async () => {
    const first = await byPassword()
    const renew = first.refresh!.token
    const answers = await Promise.all(Array.from({ length: 5 }, () => refresh(renew)))
    const tokens = [first.token, ...answers.map(({ token }) => token)]
    expect(new Set(tokens).size).toBe(6)
    for (const token of tokens) expect(await known(token)).toBe(true)
    expect(answers.map((answer) => answer.refresh?.token)).toEqual(Array(5).fill(renew))
    expect(await faultOf(refresh(renew, 'codes'))).toBe('forbidden client')
    expect(await faultOf(refresh(first.token))).toBe('unauthenticated session')
    world.advance(16 * 86_400)
    const later = await refresh(renew)
    expect(later.refresh?.token).not.toBe(renew)
    expect(await known((await refresh(renew)).token)).toBe(true)
    world.advance(15 * 86_400)
    expect(await faultOf(refresh(renew))).toBe('unauthenticated session')
    expect(await known((await refresh(later.refresh!.token)).token)).toBe(true)
  })

  test('revoking ends the family of one sign-in, whatever is refreshed meanwhile', async () => {
    const other = await byPassword()
    for (const which of ['access', 'refresh'] as const) {
      const signed = await byPassword()
      const renew = signed.refresh!.token
      const token = which === 'access' ? signed.token : renew
      const refreshes = Array.from({ length: 6 }, () => refresh(renew))
      const revoked = revokeToken(world.stranger(), { ...program, token })
      const results = await Promise.allSettled([...refreshes, revoked])
      expect(results.at(-1)?.status).toBe('fulfilled')
      const left = results.flatMap((one) =>
        one.status === 'fulfilled' && one.value ? [one.value] : [],
      )
      for (const { token: each } of [signed, ...left]) expect(await known(each)).toBe(false)
      expect(await faultOf(refresh(renew))).toBe('unauthenticated session')
    }
    await revokeToken(world.stranger(), { ...program, token: 'unknown' })
    await revokeToken(world.stranger(), { clientId: 'codes', token: other.token })
    expect(await known(other.token)).toBe(true)
  })

  test('who is signed in allows a program without his password', async () => {
    const cookie = await signIn(world.stranger(), { ...credentials, kind: 'cookie' })
    const ctx = world.as(world.adminId, 0, cookie.session.id)
    const { code } = await startCode(ctx, { ...program, base, redirectUri })
    const { token, refresh: renew } = await exchange(code)
    expect(await known(token)).toBe(true)
    await endSession(ctx)
    expect(await faultOf(startCode(ctx, { ...program, base, redirectUri }))).toBe(
      'unauthenticated session',
    )
    const userId = await world.addUser('locked')
    const login = { login: 'locked', password: adminPassword }
    const pending = await ask({ credentials: login })
    const signed = await signIn(world.stranger(), { ...login, ...program, kind: 'access' })
    await world.asAdmin().write((tx) => tx.users.update(userId, { isLocked: true }))
    expect(await faultOf(exchange(pending.code))).toBe('unauthenticated session')
    expect(await faultOf(refresh(signed.refresh!.token))).toBe('unauthenticated session')
    expect(await known(signed.token)).toBe(false)
    expect(await known((await refresh(renew!.token)).token)).toBe(true)
  })
})
