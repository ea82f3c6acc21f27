import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { contextFor } from '../ctx.ts'
import { adminPassword, type IdentityWorld, identityWorld } from '../suites/identity-world.suite.ts'
import { endSession } from './end-session.ts'
import { createPushTicket, openPushTicket } from './push-ticket.ts'
import { signIn } from './sign-in.ts'

describe.each(await testDatabases())('push tickets on $kind', (databases) => {
  let world: IdentityWorld

  beforeAll(async () => {
    world = await identityWorld(databases)
  })
  afterAll(() => world.stop())

  test('a ticket stands for its session, as long as there is one, for a minute', async () => {
    const login = { login: 'admin', password: adminPassword, kind: 'cookie' } as const
    const { session } = await signIn(world.stranger(), login)
    const own = world.as(world.adminId, 0, session.id)
    const ticket = createPushTicket(own)
    const open = (text: string) => openPushTicket(world.stranger(), text)
    const actor = { kind: 'user', userId: world.adminId, sessionId: session.id }
    expect(await open(ticket)).toMatchObject(actor)
    for (const wrong of ['', 'x', `${ticket}x`, ticket.replace('1.', '2.')]) {
      expect(await open(wrong)).toBeUndefined()
    }
    const other = await world.addTenant('Other')
    const elsewhere = contextFor(world.app, other.tenant, { kind: 'anonymous' }, 'test')
    expect(await openPushTicket(elsewhere, ticket)).toBeUndefined()
    await endSession(own)
    expect(await open(ticket)).toEqual({ kind: 'anonymous' })
    expect(await open(createPushTicket(world.stranger()))).toEqual({ kind: 'anonymous' })
    world.advance(61)
    expect(await open(ticket)).toBeUndefined()
  })
})
