import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { memoryMailer } from '../../adapters/mail/memory.ts'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import type { Ctx } from '../ctx.ts'
import { createLink } from '../links/create-link.ts'
import { sendLink } from '../links/send-link.ts'
import { createRoom } from '../nodes/create-room.ts'
import { type IdentityWorld, identityWorld } from '../suites/identity-world.suite.ts'
import { faultOf, thrown } from '../suites/node-world.suite.ts'
import { inviteGuests } from '../users/invite-guests.ts'

describe.each(await testDatabases())('mails that users want on $kind', (databases) => {
  let world: IdentityWorld
  let ann: number
  let roomId: number
  let linkId: number

  beforeAll(async () => {
    world = await identityWorld(databases, { mailer: memoryMailer() })
    ann = await world.addUser('ann')
    const admin = world.asAdmin()
    const { node } = await createRoom(admin, { name: 'Room', adminIds: [world.adminId, ann] })
    roomId = node.id
    const made = await createLink(world.as(ann), { kind: 'download', node: { id: roomId } })
    linkId = made.link.id
  })
  afterAll(() => world.stop())

  const limited = (ctx: Ctx): Ctx => {
    const tenant = { ...ctx.tenant, settings: { ...ctx.tenant.settings, guests: true } }
    return { ...ctx, tenant, limits: { ...ctx.limits, mailRecipients: 3, userMails: 4 } }
  }
  const send = (ctx: Ctx, ...names: string[]) => {
    const recipients = names.map((name) => `${name}@example.test`)
    const mail = { id: linkId, recipients, message: '', addressOf: (key: string) => key }
    return sendLink(limited(ctx), mail)
  }
  const invite = (ctx: Ctx, ...names: string[]) => {
    const guests = names.map((name) => {
      return { email: `${name}@example.test`, firstName: name, lastName: 'Guest' }
    })
    return inviteGuests(limited(ctx), { room: { id: roomId }, guests, link: 'https://x/{secret}' })
  }
  const mails = () => world.asAdmin().read((tx) => tx.jobs.count())

  test('one call invites no more guests by mail than it may send mails', async () => {
    expect(await faultOf(invite(world.asAdmin(), 'a', 'b', 'c', 'd'))).toBe('too-many mail')
    expect(await mails()).toBe(0)
    await invite(world.asAdmin(), 'a', 'b', 'c')
    expect(await mails()).toBe(3)
  })

  test('nobody floods strangers, by however many calls', async () => {
    const before = await mails()
    await send(world.as(ann), 'one', 'two', 'three')
    // All of a call or nothing.
    expect((await thrown(send(world.as(ann), 'four', 'five'))).data).toMatchObject({ limit: 4 })
    await invite(world.as(ann), 'four')
    expect(await faultOf(send(world.as(ann), 'five'))).toBe('too-many mail')
    expect(await faultOf(invite(world.as(ann), 'six'))).toBe('too-many mail')
    expect(await mails()).toBe(before + 4)
    await send(world.asAdmin(), 'seven', 'eight', 'nine')
    await send(world.asAdmin(), 'ten', 'eleven')
    world.advance(world.app.limits.loginLockSeconds + 1)
    await send(world.as(ann), 'five')
    expect(await mails()).toBe(before + 10)
  })
})
