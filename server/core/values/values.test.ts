import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { type IdentityWorld, identityWorld, limits } from '../suites/identity-world.suite.ts'
import { faultOf } from '../suites/node-world.suite.ts'
import { ownValue } from './own-value.ts'
import { setOwnValue } from './set-own-value.ts'
import { setTenantValue } from './set-tenant-value.ts'
import { tenantValue } from './tenant-value.ts'

describe.each(await testDatabases())('values on $kind', (databases) => {
  let world: IdentityWorld
  let ann: number
  beforeAll(async () => {
    world = await identityWorld(databases)
    ann = await world.addUser('ann')
  })
  afterAll(() => world.stop())

  test('an owner has so many keys and no more, and may still change what he has', async () => {
    const set = (at: number) => setOwnValue(world.as(ann), { key: `key ${at}`, value: 'x' })
    for (let at = 0; at < limits.valuesPerOwner; at++) expect((await set(at)).isNew).toBe(true)
    expect(await faultOf(set(limits.valuesPerOwner))).toBe('too-many value')
    expect((await set(0)).isNew).toBe(false)
    const missing = { key: `key ${limits.valuesPerOwner}` }
    expect(await ownValue(world.as(ann), missing)).toBeNull()
  })

  test('sizes count in bytes', async () => {
    const set = (value: string) => setOwnValue(world.asAdmin(), { key: 'size', value })
    const most = 'ü'.repeat(limits.valueBytes / 2)
    expect((await set(most)).isNew).toBe(true)
    expect(await faultOf(set(`${most}x`))).toBe('too-large value')
    expect(await faultOf(set('\ud800'))).toBe('invalid value')
    expect(await ownValue(world.asAdmin(), { key: 'size' })).toBe(most)
  })

  test('the tenant’s are written by its administrators and read by everybody', async () => {
    const input = { key: 'terms', value: 'text' }
    expect(await faultOf(setTenantValue(world.as(ann), input))).toBe('forbidden value')
    expect(await faultOf(tenantValue(world.as(ann), input))).toBe('not-found value')
    expect(await setTenantValue(world.asAdmin(), input)).toEqual({ changed: true })
    expect(await setTenantValue(world.asAdmin(), input)).toEqual({ changed: false })
    expect(await tenantValue(world.as(ann), input)).toBe('text')
    expect(await faultOf(tenantValue(world.stranger(), input))).toBe('unauthenticated session')
  })
})
