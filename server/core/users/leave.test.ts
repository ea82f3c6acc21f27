import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { memoryMailer } from '../../adapters/mail/memory.ts'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { checkOwnCode } from '../codes/check-own-code.ts'
import { sendOwnCode } from '../codes/send-own-code.ts'
import { backupLog, orderBackup } from '../downloads/order-backup.ts'
import { runJobs } from '../jobs/run-jobs.ts'
import { createRoom } from '../nodes/create-room.ts'
import { findNode } from '../nodes/find-node.ts'
import { ALL } from '../permissions/permission.ts'
import { setRoomGrants } from '../permissions/set-room-grants.ts'
import { beginSignIn } from '../sessions/begin-sign-in.ts'
import { adminPassword, type IdentityWorld, identityWorld } from '../suites/identity-world.suite.ts'
import { faultOf } from '../suites/node-world.suite.ts'
import { askToLeave, leave } from './leave.ts'
import { leftOf } from './left.ts'

const link = 'https://files.test/#/back={secret}'

describe.each(await testDatabases())('leaving on $kind', (databases) => {
  const mailer = memoryMailer()
  let world: IdentityWorld
  let ann: number

  beforeAll(async () => {
    world = await identityWorld(databases, { mailer })
    ann = await world.addUser('ann')
    await world
      .asAdmin()
      .write((tx) => tx.users.update(ann, { email: 'ann@example.test', expireAt: null }))
  })
  afterAll(() => world.stop())

  const login = { login: 'ann', password: adminPassword }
  const find = () => world.asAdmin().read((tx) => tx.users.find(ann))
  const mailed = async (word: RegExp) => {
    mailer.sent.length = 0
    await runJobs(world.app, world.tenant)
    return word.exec(mailer.sent.map(({ text }) => text).join())?.[1] ?? ''
  }
  const secretToLeave = async (purpose: 'confirm' | 'leave-code' = 'confirm') => {
    const { secret } = await sendOwnCode(world.as(ann), { purpose })
    const short = await mailed(/^ {4}(\d{6})$/m)
    if (purpose === 'leave-code') await checkOwnCode(world.as(ann), { purpose, short })
    return (await askToLeave(world.as(ann), { secret, short })).secret
  }

  test('a backup is ordered and written down', async () => {
    const { order, token } = await orderBackup(world.as(ann))
    expect(order).toMatchObject({ holder: `u${ann}`, nodeIds: [(await find())!.homeId] })
    expect(token).toHaveLength(32)
    const log = await backupLog(world.as(ann), { page: { offset: 0, limit: 9 } })
    expect(log).toEqual([
      { at: world.now(), name: order.name, archive: order.id, state: 'ordered' },
    ])
    expect(await backupLog(world.asAdmin(), { page: { offset: 0, limit: 9 } })).toEqual([])
  })

  test('not while a room would be left without anybody', async () => {
    const room = await createRoom(world.asAdmin(), { parent: null, name: 'Room', adminIds: [ann] })
    const secret = await secretToLeave()
    expect(await faultOf(leave(world.as(ann), { secret, link }))).toBe('last-admin node room')
    expect((await find())?.expireAt).toBeNull()
    const grants = [{ userId: world.adminId, permissions: ALL }]
    await setRoomGrants(world.as(ann), { room: { id: room.node.id }, grants })
    await leave(world.as(ann), { secret, link })
    expect(leftOf((await find())!)).toBeDefined()
    expect(await faultOf(beginSignIn(world.stranger(), login))).toBe('expired user')
  })

  test('who left comes back with all that he had', async () => {
    const secret = await mailed(/back=([\w-]+)/)
    const wrong = beginSignIn(world.stranger(), { ...login, comeBack: `${secret}x` })
    expect(await faultOf(wrong)).toBe('wrong-credentials code')
    const back = await beginSignIn(world.stranger(), { ...login, comeBack: secret })
    expect('own' in back && back.own.user).toMatchObject({ id: ann, expireAt: null })
    expect((await find())?.profile.left).toBeUndefined()
    const home = await findNode(world.as(ann), { node: { path: [] } })
    expect(home.node.homeOf).toBe(ann)
    expect(await faultOf(beginSignIn(world.stranger(), { ...login, comeBack: secret }))).toBe(
      'wrong-credentials code',
    )
  })

  test('an administrator who revives an account ends that it was left', async () => {
    const secret = await secretToLeave('leave-code')
    await leave(world.as(ann), { secret, link })
    const back = await mailed(/back=([\w-]+)/)
    await world.asAdmin().write((tx) => tx.users.update(ann, { expireAt: null }))
    expect(leftOf((await find())!)).toBeUndefined()
    expect(await faultOf(beginSignIn(world.stranger(), { ...login, comeBack: back }))).toBe(
      'wrong-credentials code',
    )
    expect('own' in (await beginSignIn(world.stranger(), login))).toBe(true)
  })

  test('the last administrator of the organisation stays', async () => {
    const admin = world.asAdmin()
    await admin.write((tx) => tx.users.update(world.adminId, { email: 'admin@example.test' }))
    const { secret } = await sendOwnCode(admin, { purpose: 'confirm' })
    const short = await mailed(/^ {4}(\d{6})$/m)
    const asked = await askToLeave(admin, { secret, short })
    expect(await faultOf(leave(admin, { secret: asked.secret, link }))).toContain('last-admin')
  })

  test('who does not come back is removed, with his home and nothing else', async () => {
    const home = (await find())!.homeId
    const room = await createRoom(world.asAdmin(), { parent: null, name: 'Stays', adminIds: [ann] })
    const grants = [{ userId: world.adminId, permissions: ALL }]
    await setRoomGrants(world.as(ann), { room: { id: room.node.id }, grants })
    await leave(world.as(ann), { secret: await secretToLeave(), link })
    world.advance(30 * 86_400 - 1)
    await runJobs(world.app, world.tenant)
    expect(await find()).toBeDefined()
    world.advance(2)
    await runJobs(world.app, world.tenant)
    expect(await find()).toBeUndefined()
    const nodes = await world.asAdmin().read((tx) => tx.nodes.findMany([home, room.node.id]))
    expect(nodes.map(({ id }) => id)).toEqual([room.node.id])
    expect((await world.events()).at(-1)).toMatchObject({ type: 'user.deleted', subjectId: ann })
  })
})
