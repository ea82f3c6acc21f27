import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { ROLE_USER } from '../permissions/permission.ts'
import { changeSettings } from '../settings/change-settings.ts'
import { defaultSettings } from '../settings/settings.ts'
import { adminPassword, type IdentityWorld, identityWorld } from '../suites/identity-world.suite.ts'
import { faultOf, thrown } from '../suites/node-world.suite.ts'
import type { Tenant } from '../tenants/tenant.ts'
import type { UserChange } from '../users/user-store.ts'
import { authenticate } from './authenticate.ts'
import { authenticatePassword } from './authenticate-password.ts'
import { signIn } from './sign-in.ts'

describe.each(await testDatabases())('duties of accounts on $kind', (databases) => {
  let world: IdentityWorld
  let tenant: Tenant
  let userId: number
  let token: string

  beforeAll(async () => {
    world = await identityWorld(databases)
    userId = await world.addUser('ann')
    const credentials = { login: 'ann', password: adminPassword, kind: 'login' } as const
    token = (await signIn(world.stranger(), credentials)).token
  })

  beforeEach(async () => {
    await changeSettings(world.asAdmin(), defaultSettings)
    await change({ mustChangePassword: false, agreedAt: null, email: null })
  })

  afterAll(() => world.stop())

  const change = (to: UserChange) => world.asAdmin().write((tx) => tx.users.update(userId, to))
  const come = async (mayOwe?: boolean) => {
    tenant = (await world.app.store.tenants.find(world.tenant.id))!
    return authenticate(world.app, tenant, { token, kinds: ['login'], mayOwe })
  }
  const rule = async () => (await thrown(come())).data.rule

  test('nobody owes anything where nothing is asked for', async () => {
    expect((await come())?.user.id).toBe(userId)
  })

  test('what is owed is asked for one after the other', async () => {
    await changeSettings(world.asAdmin(), { agreement: true, address: true })
    await change({ mustChangePassword: true })
    expect(await faultOf(come())).toBe('forbidden session')
    expect(await rule()).toBe('must-change-password')
    await change({ mustChangePassword: false })
    expect(await rule()).toBe('must-agree')
    await change({ agreedAt: world.now() })
    expect(await rule()).toBe('must-give-email')
    await change({ email: 'ann@example.test' })
    expect((await come())?.user.id).toBe(userId)
  })

  test('calls that lead out of it are open, and a password alone is none of them', async () => {
    await change({ mustChangePassword: true })
    expect((await come(true))?.user.id).toBe(userId)
    const client = { address: '', userAgent: '' }
    const pair = { login: 'ann', password: adminPassword, client }
    const twice = [1, 2].map(() => faultOf(authenticatePassword(world.app, tenant, pair)))
    expect(await Promise.all(twice)).toEqual(['forbidden session', 'forbidden session'])
    const open = { ...pair, mayOwe: true }
    expect((await authenticatePassword(world.app, tenant, open)).user.id).toBe(userId)
  })

  test('a token of another kind is told apart only where that is wanted', async () => {
    const other = { token, kinds: ['cookie'] } as const
    expect(await authenticate(world.app, tenant, other)).toBeUndefined()
    const told = await thrown(authenticate(world.app, tenant, { ...other, tellsKinds: true }))
    expect([told.code, told.data.rule]).toEqual(['unauthenticated', 'kind'])
  })

  test('settings are for those who configure, and keep what is not named', async () => {
    const refused = changeSettings(world.as(userId, ROLE_USER), { agreement: true })
    expect(await faultOf(refused)).toBe('forbidden tenant')
    const both = [{ agreement: true }, { address: true }]
    await Promise.all(both.map((one) => changeSettings(world.asAdmin(), one)))
    const kept = await world.app.store.tenants.find(world.tenant.id)
    expect(kept?.settings).toEqual({ ...defaultSettings, agreement: true, address: true })
    const told = (await world.events()).filter(({ type }) => type === 'settings.changed').slice(-2)
    expect(told.map(({ data }) => data)).toEqual(expect.arrayContaining(both))
    const other = await world.addTenant('Other')
    expect(other.tenant.settings).toEqual(defaultSettings)
  })
})
