import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { memoryTexter } from '../../adapters/texts/memory.ts'
import type { App, Ctx } from '../ctx.ts'
import { type Fault, fault } from '../fault.ts'
import { runJobs } from '../jobs/run-jobs.ts'
import { type IdentityWorld, identityWorld } from '../suites/identity-world.suite.ts'
import { faultOf } from '../suites/node-world.suite.ts'
import { phoneNumber } from './phone-number.ts'
import { countTexts, type QueueText, queueText } from './queue-text.ts'

const to = '+491701234567'

test.each([
  ['+49 170 1234567', to],
  [' +49 (0)170/123-45.67 ', to],
  ['+12', undefined],
  ['0170 1234567', undefined],
  ['00491701234567', undefined],
  ['+0491701234567', undefined],
  ['+1234567890123456', undefined],
  ['+49 170 1234567 ext 3', undefined],
  ['+49170123456７', undefined],
  ['', undefined],
])('the number %j', (text, number) => {
  expect(phoneNumber(text)).toBe(number)
})

describe.each(await testDatabases())('text messages on $kind', (databases) => {
  const texter = memoryTexter()
  const lines: string[] = []
  let world: IdentityWorld
  let app: App
  beforeAll(async () => {
    world = await identityWorld(databases, { texter })
    const log = (fields: object, line: string) => void lines.push(JSON.stringify([fields, line]))
    app = { ...world.app, log: { info: log, warn: log, error: log } }
  })
  afterAll(() => world.stop())
  beforeEach(() => {
    texter.sent.length = 0
  })

  const queue = (more: Partial<QueueText> = {}, ctx: Ctx = world.asAdmin()) =>
    ctx.write((tx) => queueText(ctx, tx, { to, text: 'A secret', ...more }))
  const run = (other: App = app) => runJobs(other, world.tenant, 'texts')
  const jobs = () => world.asAdmin().read((tx) => tx.jobs.count())

  test('leave behind the commit, each with an id, and never without one', async () => {
    const ctx = world.asAdmin()
    const failing = ctx.write(async (tx) => {
      await queueText(ctx, tx, { to, text: 'Never' })
      throw new Error('no commit')
    })
    await expect(failing).rejects.toThrow('no commit')
    await queue()
    expect(await run()).toBe(1)
    const id = expect.stringMatching(new RegExp(`^${world.tenant.uuid}\\.\\d+$`))
    expect(texter.sent).toEqual([{ to, text: 'A secret', id }])
  })

  test('are refused where none is sent, and to what is no number', async () => {
    expect(await faultOf(queue({}, { ...world.asAdmin(), texter: null }))).toBe('unsupported text')
    expect(await faultOf(queue({ to: '0170' }))).toBe('invalid text')
  })

  test('are sent again after a fault of the moment, and given up after a decision', async () => {
    const before = await jobs()
    const answering = (told: 'unavailable' | 'invalid'): App => ({
      ...app,
      texter: { ...texter, send: async () => fault(told, 'text', undefined, { status: 1 }) },
    })
    await queue()
    expect(await run(answering('unavailable'))).toBe(1)
    expect(await run()).toBe(0)
    world.advance(2)
    expect(await run()).toBe(1)
    expect(texter.sent).toHaveLength(1)
    await queue()
    expect(await run(answering('invalid'))).toBe(1)
    expect(await jobs()).toBe(before)
    expect(lines.join()).toContain('A job was given up')
    expect(lines.join()).not.toMatch(/secret|170/)
  })

  test('that are worth nothing any more are not sent', async () => {
    await queue({ until: world.asAdmin().now + 60_000 })
    world.advance(60)
    expect(await run()).toBe(1)
    expect(texter.sent).toEqual([])
    expect(lines.at(-1)).toContain('expired text')
  })

  test('are counted by account, purpose and day', async () => {
    const count = (count: number, userId = 7): Promise<Fault | undefined> => {
      const ctx = world.asAdmin()
      return ctx.write((tx) => countTexts(ctx, tx, { userId, purpose: 'link', count }))
    }
    const limit = world.app.limits.textsPerDay
    expect(await count(limit)).toBeUndefined()
    const refused = await count(1)
    expect(refused).toMatchObject({ code: 'locked', subject: 'text' })
    expect(await count(1, 8)).toBeUndefined()
    world.advance(Number(refused?.data.retryAfter))
    expect(await count(limit)).toBeUndefined()
    expect(await count(1)).toMatchObject({ code: 'locked' })
  })
})
