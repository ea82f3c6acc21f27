import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { createRoom } from '../nodes/create-room.ts'
import { findNode } from '../nodes/find-node.ts'
import {
  ALL,
  ALL_ROLES,
  ROLE_CONFIG,
  ROLE_ROOMS,
  ROLE_SEES_NONMEMBERS,
  ROLE_USER,
  ROLE_USERS,
} from '../permissions/permission.ts'
import { authenticatePassword } from '../sessions/authenticate-password.ts'
import { signIn } from '../sessions/sign-in.ts'
import { adminPassword, type IdentityWorld, identityWorld } from '../suites/identity-world.suite.ts'
import { faultOf, thrown } from '../suites/node-world.suite.ts'
import { createTenant } from '../tenants/create-tenant.ts'
import { tenantForHost } from '../tenants/tenant-for-host.ts'
import { tenantUsage } from '../tenants/tenant-usage.ts'
import { accountOf } from './account-of.ts'
import { changePassword } from './change-password.ts'
import { type CreateUser, createUser } from './create-user.ts'
import { findUser, findUsers } from './find-users.ts'
import { ownAccount } from './own-account.ts'

const page = { offset: 0, limit: 100 }
const client = { address: '192.0.2.1', userAgent: 'test' }

describe.each(await testDatabases())('accounts on $kind', (databases) => {
  let world: IdentityWorld

  beforeAll(async () => {
    world = await identityWorld(databases)
  })

  afterAll(() => world.stop())

  const make = (input: Partial<CreateUser>, ctx = world.asAdmin()) =>
    createUser(ctx, { userName: 'name', firstName: 'First', lastName: 'Last', ...input })

  test('a new account has a home that only its owner sees', async () => {
    const { user, password } = await make({ userName: 'Émile', email: 'emile@example.test' })
    expect(password).toMatch(/^[A-Za-z0-9]{16,}$/)
    expect(user).toMatchObject({ mustChangePassword: true, roles: ROLE_USER, language: 'en' })
    const home = await findNode(world.as(user.id), { node: { id: user.homeId } })
    expect(home).toMatchObject({ permissions: ALL, rootPath: [] })
    expect(home.node).toMatchObject({ name: 'Émile', homeOf: user.id, kind: 'room' })
    expect(home.ancestors).toMatchObject([{ id: world.tenant.homesId }])
    const others = findNode(world.asAdmin(), { node: { id: user.homeId } })
    expect(await faultOf(others)).toBe('not-found node')
    const signed = await signIn(world.stranger(), {
      login: 'émile',
      password: password!,
      kind: 'login',
    })
    expect(signed.user.id).toBe(user.id)
    expect(await ownAccount(world.as(user.id))).toMatchObject({
      user: { id: user.id },
      managesRooms: false,
    })
    const made = (await world.events()).find(({ type }) => type === 'user.created')
    expect(made).toBeDefined()
  })

  test('user names are unique without case, and any text is a home', async () => {
    await make({ userName: 'Unique' })
    for (const userName of ['unique', 'UNIQUE']) {
      const fault = await thrown(make({ userName }))
      expect([fault.code, fault.data.field]).toEqual(['exists', 'userName'])
    }
    const { user } = await make({ userName: 'DOMAIN\\name' })
    const home = await findNode(world.as(user.id), { node: { id: user.homeId } })
    expect(home.node.name).toBe(`User ${user.id}`)
    const atOnce = Array.from({ length: 6 }, () => make({ userName: 'racer' }))
    const results = await Promise.allSettled(atOnce)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('fields are refused with the rule that they break', async () => {
    const cases: [Partial<CreateUser>, string, string][] = [
      [{ userName: '' }, 'userName', 'empty'],
      [{ userName: ' x' }, 'userName', 'space'],
      [{ userName: 'a\u0000b' }, 'userName', 'control'],
      [{ userName: 'a\nb' }, 'userName', 'control'],
      [{ userName: 'a\uD800b' }, 'userName', 'unicode'],
      [{ userName: 'a\u202Eb' }, 'userName', 'invisible'],
      [{ userName: 'x'.repeat(151) }, 'userName', 'length'],
      [{ userName: '<b>' }, 'userName', 'character'],
      [{ firstName: 'a\u0007' }, 'firstName', 'control'],
      [{ lastName: 'x'.repeat(151) }, 'lastName', 'length'],
      [{ email: 'nowhere' }, 'email', 'form'],
      [{ email: 'a@b@c' }, 'email', 'form'],
      [{ phone: 'call me' }, 'phone', 'form'],
      [{ language: 'english please' }, 'language', 'form'],
      [{ expireAt: 1 }, 'expireAt', 'past'],
      [{ roles: 1 << 20 }, 'roles', 'range'],
      [{ password: 'seven77' }, 'password', 'too-short'],
      [{ userName: 'longenough', password: 'LongEnough' }, 'password', 'user-name'],
    ]
    const system = { ...world.asAdmin(), actor: { kind: 'system' } as const }
    for (const [input, field, rule] of cases) {
      const fault = await thrown(make(input, system))
      expect([fault.code, fault.subject, fault.data]).toEqual(['invalid', 'user', { field, rule }])
    }
  })

  test('who makes accounts gives no role that he does not hold', async () => {
    const maker = world.as(world.adminId, ROLE_USERS)
    const { user } = await make({ userName: 'viewer', isNonmemberViewer: true }, maker)
    expect(user.roles).toBe(ROLE_USER | ROLE_SEES_NONMEMBERS)
    for (const roles of [ROLE_CONFIG, ROLE_ROOMS, ALL_ROLES]) {
      expect(await faultOf(make({ userName: 'high', roles }, maker))).toBe('forbidden user')
    }
    const nobody = world.as(user.id, user.roles)
    expect(await faultOf(make({ userName: 'child' }, nobody))).toBe('forbidden user')
    expect(await faultOf(make({ userName: 'child' }, world.stranger()))).toBe(
      'unauthenticated session',
    )
  })

  test('seats are counted exactly', async () => {
    const { users } = await tenantUsage(world.asAdmin())
    const tenant = { ...world.tenant, maxUsers: users + 2 }
    const ctx = { ...world.asAdmin(), tenant }
    const results = await Promise.allSettled(
      Array.from({ length: 6 }, (_, index) => make({ userName: `seat-${index}` }, ctx)),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
    expect(await faultOf(make({ userName: 'seat-x' }, ctx))).toBe('limit-reached user')
  })

  test('managers find accounts, others only their own', async () => {
    const one = (await make({ userName: 'find-a', lastName: 'Straße' })).user
    const two = (await make({ userName: 'find-b', email: 'B@Example.test' })).user
    const find = async (filter: object, sort?: []) => {
      const found = await findUsers(world.asAdmin(), { filter, sort, page })
      expect(found.total).toBe(found.items.length)
      return found.items.map(({ id }) => id)
    }
    expect(await find({ userNameContains: 'FIND-' })).toEqual([one.id, two.id])
    expect(await find({ nameContains: 'STRASSE' })).toEqual([one.id])
    expect(await find({ email: 'b@example.TEST' })).toEqual([two.id])
    expect(await find({ emailContains: '@EXAMPLE', userName: 'find-b' })).toEqual([two.id])
    expect(await find({ userNameContains: '%' })).toEqual([])
    expect(await find({ userNameContains: '\u0000' })).toEqual([])
    expect(await find({ hasRoles: ROLE_CONFIG })).toEqual([world.adminId])
    expect(await find({ lacksRoles: ROLE_USER })).toEqual([])
    expect(await find({ ids: [one.id, two.id, 999_999], notIds: [one.id] })).toEqual([two.id])
    expect(await find({ isLocked: true })).toEqual([])
    expect(await find({ createdFrom: world.now() + 1 })).toEqual([])
    const sort = [{ by: 'lastName', descending: true }] as const
    const first = await findUsers(world.asAdmin(), { sort, page: { offset: 0, limit: 1 } })
    expect(first.items.map(({ id }) => id)).toEqual([one.id])
    expect(await faultOf(findUsers(world.as(one.id), { page }))).toBe('forbidden user')
    expect((await findUser(world.as(one.id), { id: one.id })).userName).toBe('find-a')
    expect(await faultOf(findUser(world.as(one.id), { id: two.id }))).toBe('not-found user')
    expect(await faultOf(findUser(world.asAdmin(), { id: 999_999 }))).toBe('not-found user')
  })

  test('login names an account in the way that is meant', async () => {
    const { user } = await make({ userName: '4711', phone: '+49 1', password: adminPassword })
    const login = (login: string, by?: 'userName' | 'email' | 'phone' | 'id') =>
      signIn(world.stranger(), { login, by, password: adminPassword, kind: 'token' })
    expect((await login('4711')).user.id).toBe(user.id)
    expect((await login('+49 1', 'phone')).user.id).toBe(user.id)
    expect((await login(String(user.id), 'id')).user.id).toBe(user.id)
    for (const by of ['email', 'phone', 'id'] as const) {
      expect(await faultOf(login('4711', by))).toBe('wrong-credentials user')
    }
  })

  test('a password with every request is checked, counted and ended by a new one', async () => {
    const userId = await world.addUser('basic')
    const check = (password: string) =>
      authenticatePassword(world.app, world.tenant, { login: 'basic', password, client })
    const again = async (password: string) => (await check(password)).user.id
    expect(await again(adminPassword)).toBe(userId)
    expect(await again(adminPassword)).toBe(userId)
    expect(await faultOf(check('wrong'))).toBe('wrong-credentials user')
    const newPassword = 'another password'
    await changePassword(world.as(userId), { oldPassword: adminPassword, newPassword })
    expect(await faultOf(check(adminPassword))).toBe('wrong-credentials user')
    expect(await again(newPassword)).toBe(userId)
    for (let failure = 0; failure < 10; failure += 1) await thrown(check('wrong'))
    expect(await faultOf(check(newPassword))).toBe('locked user')
    world.advance(1801)
    expect(await again(newPassword)).toBe(userId)
    await world.asAdmin().write((tx) => tx.users.update(userId, { isLocked: true }))
    expect(await faultOf(check(newPassword))).toBe('disabled user')
  })

  test('an account tells what its home holds; managers see it of others', async () => {
    const userId = await world.addUser('holder')
    const own = await accountOf(world.as(userId))
    expect(own.user.id).toBe(userId)
    expect(own.usage).toEqual({
      used: 0,
      quota: null,
      trash: 0,
      byKind: { image: 0, audio: 0, video: 0, other: 0 },
    })
    const asked = await accountOf(world.as(userId), { userId: world.adminId })
    expect(asked.user.id).toBe(userId)
    expect((await accountOf(world.asAdmin(), { userId })).user.id).toBe(userId)
    expect(await faultOf(accountOf(world.asAdmin(), { userId: 999_999 }))).toBe('not-found user')
    const room = { name: 'Managed', adminIds: [userId] }
    await createRoom(world.asAdmin(), room)
    expect((await ownAccount(world.as(userId))).managesRooms).toBe(true)
  })

  test('host names lead to tenants', async () => {
    const { tenant } = await world.addTenant('Second')
    const idOf = async (host: string) => (await tenantForHost(world.app, host))?.id
    for (const host of ['second.test', 'SECOND.test:8443', 'second.test.', ' second.test ']) {
      expect(await idOf(host)).toBe(tenant.id)
    }
    for (const host of ['main.test', 'unknown.test', '', '[::1]:80', 'a b', 'x'.repeat(9999)]) {
      expect(await idOf(host)).toBe(world.tenant.id)
    }
    expect(await idOf('later.test')).toBe(world.tenant.id)
    await world.app.store.tenants.addHost(tenant.id, 'later.test')
    world.advance(4)
    expect(await idOf('later.test')).toBe(tenant.id)
    const hosts = ['second.test']
    const admin = { userName: 'admin', password: adminPassword }
    const again = createTenant(world.app, { name: 'Again', hosts, isDefault: false, admin })
    expect(await faultOf(again)).toBe('exists tenant')
  })
})
