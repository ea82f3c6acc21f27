import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { ROLE_USER } from '../permissions/permission.ts'
import { adminPassword, type IdentityWorld, identityWorld } from '../suites/identity-world.suite.ts'
import { faultOf } from '../suites/node-world.suite.ts'
import { authenticate } from './authenticate.ts'
import { cancelWipe } from './cancel-wipe.ts'
import { listDevices } from './devices.ts'
import { removeDevice } from './remove-device.ts'
import { reportWiped } from './report-wiped.ts'
import { signIn } from './sign-in.ts'

describe.each(await testDatabases())('devices on $kind', (databases) => {
  let world: IdentityWorld
  let ann: number
  let bob: number
  beforeAll(async () => {
    world = await identityWorld(databases)
    ann = await world.addUser('ann')
    bob = await world.addUser('bob')
  })
  afterAll(() => world.stop())

  const device = (permanent = true) =>
    signIn(world.stranger(), { login: 'ann', password: adminPassword, kind: 'token', permanent })
  const enter = (token: string, evenToWipe = false) =>
    authenticate(world.app, world.tenant, { token, kinds: ['token'], evenToWipe })

  test('a marked device opens nothing, says that it is wiped, and is gone', async () => {
    const { token, session } = await device()
    const ref = { sessionId: session.id }
    expect(await faultOf(removeDevice(world.as(ann), { ...ref, wipe: true }))).toBe(
      'forbidden user',
    )
    await removeDevice(world.asAdmin(), { ...ref, wipe: true, ofOthers: true })
    expect(await faultOf(enter(token))).toBe('disabled session')
    const entered = await enter(token, true)
    expect(entered?.user.id).toBe(ann)
    const [shown] = await listDevices(world.as(ann))
    expect(shown?.wipeAt).toBe(world.now())
    await reportWiped(world.as(ann, ROLE_USER, session.id))
    expect(await enter(token, true)).toBeUndefined()
    expect(await listDevices(world.as(ann))).toEqual([])
  })

  test('its user takes the order back, nobody else', async () => {
    const { token, session } = await device()
    const ref = { sessionId: session.id }
    await removeDevice(world.asAdmin(), { ...ref, wipe: true, ofOthers: true })
    expect(await faultOf(cancelWipe(world.as(bob), ref))).toBe('not-found session')
    await cancelWipe(world.as(ann), ref)
    expect((await enter(token))?.user.id).toBe(ann)
    expect(await faultOf(cancelWipe(world.as(ann), ref))).toBe('not-found session')
    expect(await faultOf(reportWiped(world.as(ann, ROLE_USER, session.id)))).toBe(
      'not-found session',
    )
  })

  test('others’ devices are for who manages users', async () => {
    const { session } = await device(false)
    const ofOthers = { sessionId: session.id, ofOthers: true }
    expect(await faultOf(listDevices(world.as(bob), { userId: ann }))).toBe('forbidden user')
    expect(await faultOf(removeDevice(world.as(bob), ofOthers))).toBe('forbidden user')
    const ids = async (alsoPassing: boolean) =>
      (await listDevices(world.asAdmin(), { userId: ann, alsoPassing })).map(({ id }) => id)
    expect(await ids(true)).toContain(session.id)
    expect(await ids(false)).not.toContain(session.id)
    await removeDevice(world.asAdmin(), ofOthers)
    expect(await ids(true)).not.toContain(session.id)
  })
})
