import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { adminPassword, type IdentityWorld, identityWorld } from '../suites/identity-world.suite.ts'
import { faultOf, thrown } from '../suites/node-world.suite.ts'
import { createTenant } from '../tenants/create-tenant.ts'
import { changePassword } from '../users/change-password.ts'
import { authenticate } from './authenticate.ts'
import { endSession } from './end-session.ts'
import { type SignIn, signIn } from './sign-in.ts'

const right = { login: 'admin', password: adminPassword, kind: 'login' } as const
const wrong = { ...right, password: 'not the password' }
const kinds = ['access', 'login', 'token', 'cookie'] as const

describe.each(await testDatabases())('signing in on $kind', (databases) => {
  let world: IdentityWorld

  beforeAll(async () => {
    world = await identityWorld(databases)
  })

  afterAll(() => world.stop())

  const signInAs = (userName: string, more: Partial<SignIn> = {}, address = '') =>
    signIn(world.stranger(address), { ...right, login: userName, ...more })
  const known = (token: string) => authenticate(world.app, world.tenant, { token, kinds })
  const change = (userId: number, to: { isLocked?: boolean; expireAt?: number | null }) =>
    world.asAdmin().write((tx) => tx.users.update(userId, to))

  test('a token stands for its user, of the kinds that are asked for', async () => {
    const { token, user, refresh } = await signInAs('ADMIN')
    expect(refresh).toBeUndefined()
    const found = await known(token)
    expect(found?.actor).toEqual({
      kind: 'user',
      userId: world.adminId,
      roles: user.roles,
      sessionId: found?.session.id,
    })
    expect(found?.user).toEqual(user)
    expect(user.lastLoginAt).toBe(world.now())
    const asCookie = { token, kinds: ['cookie'] } as const
    expect(await authenticate(world.app, world.tenant, asCookie)).toBeUndefined()
    for (const none of ['', `${token}x`, token.slice(1), 'x'.repeat(5000)]) {
      expect(await known(none)).toBeUndefined()
    }
    const started = (await world.events()).find(({ type }) => type === 'session.started')
    expect(started).toMatchObject({ actorId: world.adminId, subjectId: world.adminId })
  })

  test('an address of one account signs in, an address of two does not', async () => {
    await world.addUser('same@example.test')
    const one = await world.addUser('mail1')
    const two = await world.addUser('mail2')
    await world.asAdmin().write((tx) => tx.users.update(one, { email: 'Shared@example.test' }))
    expect((await signInAs('shared@EXAMPLE.test')).user.id).toBe(one)
    await world.asAdmin().write((tx) => tx.users.update(two, { email: 'shared@example.test' }))
    expect(await faultOf(signInAs('shared@example.test'))).toBe('wrong-credentials user')
    await world.asAdmin().write((tx) => tx.users.update(two, { email: 'same@example.test' }))
    expect((await signInAs('same@example.test')).user.userName).toBe('same@example.test')
  })

  test('unknown account and wrong password are alike up to the lock', async () => {
    await world.addUser('alike')
    const course = async (login: string) => {
      const answers: string[] = []
      for (let turn = 1; turn <= 11; turn += 1) {
        const fault = await thrown(signInAs(login, wrongFor(login)))
        answers.push(`${fault.code} ${fault.subject} ${fault.data.lastAttempt ?? false}`)
      }
      return answers
    }
    const answers = await course('alike')
    expect(answers.slice(0, 8)).toEqual(Array(8).fill('wrong-credentials user false'))
    expect(answers.slice(8)).toEqual([
      'wrong-credentials user true',
      'locked user false',
      'locked user false',
    ])
    expect(await course('nobody at all')).toEqual(answers)
    expect(await course('bad\u0000login')).toEqual(answers)
    expect(await faultOf(signInAs('alike'))).toBe('locked user')
    world.advance(1801)
    expect((await signInAs('alike')).user.userName).toBe('alike')
  })

  const wrongFor = (login: string) => ({ login, password: wrong.password })

  test('of many attempts at once no more are told than the limit', async () => {
    const userId = await world.addUser('crowded')
    const attempts = Array.from({ length: 20 }, () =>
      thrown(signInAs('crowded', wrongFor('crowded'))),
    )
    const codes = (await Promise.all(attempts)).map(({ code }) => code)
    expect(codes.filter((code) => code === 'wrong-credentials')).toHaveLength(9)
    expect(codes.filter((code) => code === 'locked')).toHaveLength(11)
    const state = await world.asAdmin().read((tx) => tx.throttle.find(`login:${userId}`))
    expect(state?.failures).toBe(10)
    expect(await faultOf(signInAs('crowded'))).toBe('locked user')
    expect(await world.asAdmin().read((tx) => tx.users.find(userId))).toMatchObject({
      lastLoginAt: null,
      lastFailureAt: world.now(),
    })
  })

  test('a success clears the failures of the account', async () => {
    await world.addUser('forgetful')
    for (let turn = 0; turn < 2; turn += 1) {
      for (let failure = 0; failure < 9; failure += 1) {
        await thrown(signInAs('forgetful', wrongFor('forgetful')))
      }
      await signInAs('forgetful')
    }
  })

  test('a network that fails at many accounts is locked, for right passwords too', async () => {
    await world.addUser('neighbour')
    const address = '2001:db8:1:2::77'
    const guesses = Array.from({ length: 100 }, (_, index) =>
      thrown(signInAs(`guess-${index}`, { password: 'some guess' }, address)),
    )
    const codes = (await Promise.all(guesses)).map(({ code }) => code)
    expect(codes.filter((code) => code === 'wrong-credentials')).toHaveLength(99)
    expect(await faultOf(signInAs('neighbour', {}, '2001:db8:1:2:aa::1'))).toBe('locked user')
    expect((await signInAs('neighbour', {}, '2001:db8:1:3::77')).user.userName).toBe('neighbour')
  })

  test('what is wrong with an account is told only after its right password', async () => {
    const userId = await world.addUser('closed')
    const { token } = await signInAs('closed')
    await change(userId, { isLocked: true })
    expect(await known(token)).toBeUndefined()
    expect(await faultOf(signInAs('closed'))).toBe('disabled user')
    expect(await faultOf(signInAs('closed', wrongFor('closed')))).toBe('wrong-credentials user')
    await change(userId, { isLocked: false, expireAt: world.now() + 1000 })
    expect((await known(token))?.user.id).toBe(userId)
    world.advance(2)
    expect(await known(token)).toBeUndefined()
    expect(await faultOf(signInAs('closed'))).toBe('expired user')
  })

  test('sessions end by disuse and at their end; use is noted now and then', async () => {
    const { token } = await signInAs('admin')
    for (let hour = 0; hour < 5; hour += 1) {
      world.advance(3600)
      expect(await known(token)).toBeDefined()
    }
    world.advance(200)
    const before = (await known(token))!.session.lastUsedAt
    expect(before).toBe(world.now() - 200_000)
    world.advance(7201)
    expect(await known(token)).toBeUndefined()

    const fixed = await signInAs('admin', { kind: 'token' })
    const lasting = await signInAs('admin', { kind: 'token', permanent: true, device: 'Laptop' })
    world.advance(31 * 86_400)
    expect(await known(fixed.token)).toBeUndefined()
    expect((await known(lasting.token))?.session.data).toEqual({ device: 'Laptop' })
    await endSession(world.as(world.adminId, 0, lasting.session.id), { everywhere: true })
    expect(await known(lasting.token)).toBeUndefined()
  })

  test('signing out ends the own session, one of the own, or all', async () => {
    const userId = await world.addUser('leaver')
    const first = await signInAs('leaver')
    const second = await signInAs('leaver')
    const stranger = await signInAs('admin')
    const ctx = world.as(userId, 0, first.session.id)
    expect(await faultOf(endSession(ctx, { id: stranger.session.id }))).toBe('not-found session')
    await endSession(ctx, { id: second.session.id })
    expect(await known(second.token)).toBeUndefined()
    await endSession(ctx)
    expect(await known(first.token)).toBeUndefined()
    expect(await known(stranger.token)).toBeDefined()
  })

  test('a new password ends the other sessions; the old one counts as a failure', async () => {
    const userId = await world.addUser('changer')
    const kept = await signInAs('changer')
    const other = await signInAs('changer')
    const ctx = world.as(userId, 0, kept.session.id)
    const to = (newPassword: string, oldPassword: string = adminPassword) =>
      changePassword(ctx, { oldPassword, newPassword })
    expect(await faultOf(to('a brand new one', 'wrong'))).toBe('wrong-credentials user')
    const rules = [
      ['short', 'too-short'],
      ['Changer', 'too-short'],
      [adminPassword, 'unchanged'],
      ['x'.repeat(1025), 'too-long'],
    ] as const
    for (const [password, rule] of rules) {
      expect((await thrown(to(password))).data).toEqual({ field: 'password', rule })
    }
    await to('a brand new one')
    expect(await known(kept.token)).toBeDefined()
    expect(await known(other.token)).toBeUndefined()
    expect(await faultOf(signInAs('changer'))).toBe('wrong-credentials user')
    expect((await signInAs('changer', { password: 'a brand new one' })).user.id).toBe(userId)
  })

  test('a password that changes while it is checked is not the right one any more', async () => {
    const userId = await world.addUser('racer')
    const { secrets } = world.app
    const newHash = await secrets.hashPassword('quite another one')
    const checkPassword: typeof secrets.checkPassword = async (password, hash) => {
      await world.asAdmin().write((tx) => tx.users.setPasswordHash(userId, newHash))
      return secrets.checkPassword(password, hash)
    }
    const ctx = { ...world.stranger(), secrets: { ...secrets, checkPassword } }
    expect(await faultOf(signIn(ctx, { ...right, login: 'racer' }))).toBe('wrong-credentials user')
  })

  test('another tenant has accounts, tokens and locks of its own', async () => {
    const other = await world.addTenant('Other')
    const { token } = await signInAs('admin')
    const elsewhere = { token, kinds }
    expect(await authenticate(world.app, other.tenant, elsewhere)).toBeUndefined()
    const lockedTenant = { ...world.tenant, isLocked: true }
    expect(await authenticate(world.app, lockedTenant, elsewhere)).toBeUndefined()
    const again = { name: 'Second', hosts: [], isDefault: true } as const
    const admin = { userName: 'admin', password: adminPassword }
    expect(await createTenant(world.app, { ...again, admin })).toBeUndefined()
  })
})
