import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { type IdentityWorld, identityWorld } from '../suites/identity-world.suite.ts'
import { faultOf } from '../suites/node-world.suite.ts'
import { authenticate } from './authenticate.ts'
import { approvePairing, beginPairing, pollPairing } from './pair-device.ts'

describe.each(await testDatabases())('devices on $kind', (databases) => {
  let world: IdentityWorld
  let ann: number

  beforeAll(async () => {
    world = await identityWorld(databases)
    ann = await world.addUser('ann')
  })
  afterAll(() => world.stop())

  const begin = () => beginPairing(world.stranger('192.0.2.1'), { label: 'CLI' })
  const poll = (deviceSecret: string) => pollPairing(world.stranger(), { deviceSecret })

  test('a user lets a program in by the code that it shows, once', async () => {
    const { deviceSecret, userCode } = await begin()
    expect(await poll(deviceSecret)).toEqual({ state: 'pending' })
    await approvePairing(world.as(ann), { userCode: userCode.toLowerCase().replace('-', ' ') })
    expect(await faultOf(approvePairing(world.asAdmin(), { userCode }))).toBe(
      'wrong-credentials code',
    )
    const polls = await Promise.all([poll(deviceSecret), poll(deviceSecret)])
    const approved = polls.filter(({ state }) => state === 'approved')
    expect(approved).toHaveLength(1)
    const { token } = approved[0] as { token: string }
    const signed = await authenticate(world.app, world.tenant, { token, kinds: ['cookie'] })
    expect(signed?.user.id).toBe(ann)
    expect(await poll(deviceSecret)).toEqual({ state: 'unknown' })
    expect(await poll('nothing')).toEqual({ state: 'unknown' })
  })

  test('codes end, guesses are counted, and a closed account lets nobody in', async () => {
    const late = await begin()
    const taken = await begin()
    await approvePairing(world.as(ann), taken)
    await world.asAdmin().write((tx) => tx.users.update(ann, { isLocked: true }))
    expect(await poll(taken.deviceSecret)).toEqual({ state: 'unknown' })
    await world.asAdmin().write((tx) => tx.users.update(ann, { isLocked: false }))
    world.advance(601)
    expect(await poll(late.deviceSecret)).toEqual({ state: 'expired' })
    expect(await faultOf(approvePairing(world.as(ann), late))).toBe('wrong-credentials code')
    const guess = () => faultOf(approvePairing(world.as(ann), { userCode: 'BBBB-BBBB' }))
    const told = []
    for (let at = 0; at < 10; at += 1) told.push(await guess())
    expect(told.at(-1)).toBe('locked code')
  })
})
