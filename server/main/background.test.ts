import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { memoryMailer } from '../adapters/mail/memory.ts'
import { testDatabases } from '../adapters/sql/test-databases.ts'
import { contextFor } from '../core/ctx.ts'
import { queueMail } from '../core/mail/queue-mail.ts'
import { type IdentityWorld, identityWorld } from '../core/suites/identity-world.suite.ts'
import type { Tenant } from '../core/tenants/tenant.ts'
import { startBackground } from './background.ts'
import { openLog } from './log.ts'

describe.each(await testDatabases())('background work on $kind', (databases) => {
  let world: IdentityWorld
  const sent: string[] = []
  const most = 200

  beforeAll(async () => {
    const mailer = memoryMailer()
    world = await identityWorld(databases, {
      mailer: {
        ...mailer,
        async send(mail) {
          sent.push(mail.to)
          if (mail.to === 'again@example.test' && sent.length < most)
            await queue(world.tenant, mail.to)
        },
      },
    })
  })
  afterAll(() => world.stop())

  const queue = (tenant: Tenant, to: string) => {
    const ctx = contextFor(world.app, tenant, { kind: 'system' }, 'test')
    return ctx.write((tx) => queueMail(ctx, tx, { to, subject: 's', text: 't', html: '<p>t</p>' }))
  }

  test('a tenant that queues without end holds up no other', async () => {
    const { tenant } = await world.addTenant('Other')
    await queue(world.tenant, 'again@example.test')
    await queue(tenant, 'once@example.test')
    const background = startBackground(world.app, openLog({ level: 'silent' }))
    await expect.poll(() => sent, { timeout: 10_000 }).toContain('once@example.test')
    await background.stop()
    expect(sent.indexOf('once@example.test')).toBeLessThan(most / 2)
  })
})
