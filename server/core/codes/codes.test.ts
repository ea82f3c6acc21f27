import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { sweep } from '../jobs/sweep.ts'
import { type IdentityWorld, identityWorld } from '../suites/identity-world.suite.ts'
import { faultOf } from '../suites/node-world.suite.ts'
import { countMessage, type IssueCode, issueCode } from './issue-code.ts'
import { type CodeProof, checkCode, redeemCode } from './redeem-code.ts'
import { eightLetters, sixDigits } from './short-text.ts'

describe.each(await testDatabases())('one-time codes on $kind', (databases) => {
  let world: IdentityWorld
  let ann: number

  beforeAll(async () => {
    world = await identityWorld(databases)
    ann = await world.addUser('ann')
  })
  afterAll(() => world.stop())

  const issue = (more: Partial<IssueCode> = {}) => {
    const ctx = world.as(ann)
    const input: IssueCode = { purpose: 'confirm', userId: ann, seconds: 600, ...more }
    return ctx.write((tx) => issueCode(ctx, tx, input))
  }
  const use = (proof: Partial<CodeProof>) =>
    redeemCode(world.stranger(), { purposes: ['confirm'], ...proof }, async (_tx, code) => code.id)

  test('a secret is good once, of many uses at once', async () => {
    const { code, secret } = await issue()
    expect(await faultOf(use({ secret: `${secret}x` }))).toBe('wrong-credentials code')
    expect(await faultOf(use({ secret, purposes: ['leave'] }))).toBe('wrong-credentials code')
    expect(await faultOf(use({ secret, userId: world.adminId }))).toBe('wrong-credentials code')
    const uses = await Promise.allSettled(Array.from({ length: 6 }, () => use({ secret })))
    const done = uses.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(done).toEqual([code.id])
  })

  test('a short text bears five guesses, and a new one ends the old', async () => {
    const old = await issue({ short: '111111' })
    const { secret } = await issue({ short: '123456' })
    expect(await faultOf(use({ secret: old.secret, short: '111111' }))).toBe(
      'wrong-credentials code',
    )
    expect((await checkCode(world.as(ann), { purposes: ['confirm'], secret, short: '123456' })).id)
    const guesses = Array.from({ length: 12 }, (_, at) => use({ secret, short: `00000${at}` }))
    const told = await Promise.all(guesses.map(faultOf))
    expect(told.filter((one) => one === 'wrong-credentials code')).toHaveLength(5)
    expect(told.filter((one) => one === 'locked code')).toHaveLength(7)
    expect(await faultOf(use({ secret, short: '123456' }))).toBe('locked code')
    expect(await faultOf(use({ secret }))).toBe('locked code')
  })

  test('the newest of a user is found without its secret', async () => {
    const { code } = await issue({ purpose: 'leave-code', short: '654321' })
    const purposes = ['leave-code'] as const
    expect(await faultOf(use({ purposes, userId: ann, short: '654320' }))).toBe(
      'wrong-credentials code',
    )
    expect(await use({ purposes, userId: ann, short: '654321' })).toBe(code.id)
    expect(await faultOf(use({ purposes, userId: ann, short: '654321' }))).toBe(
      'wrong-credentials code',
    )
  })

  test('it ends in time, says so for a day, and what fails leaves it good', async () => {
    const { secret } = await issue({ seconds: 60 })
    const failing = redeemCode(world.stranger(), { purposes: ['confirm'], secret }, async () => {
      throw new Error('the disk is gone')
    })
    await expect(failing).rejects.toThrow('the disk is gone')
    await checkCode(world.stranger(), { purposes: ['confirm'], secret })
    world.advance(60)
    expect(await faultOf(use({ secret }))).toBe('expired code')
    await sweep(world.app)
    expect(await faultOf(use({ secret }))).toBe('expired code')
    world.advance(86_401)
    await sweep(world.app)
    expect(await faultOf(use({ secret }))).toBe('wrong-credentials code')
  })

  test('messages to one account are counted', async () => {
    const ctx = world.as(ann)
    const send = () => ctx.write((tx) => countMessage(ctx, tx, ann, 'confirm'))
    const told = []
    for (let at = 0; at < 7; at += 1) told.push((await send())?.code)
    expect(told).toEqual([...Array(5).fill(undefined), 'locked', 'locked'])
  })

  test('short texts have their form', () => {
    for (let at = 0; at < 50; at += 1) {
      expect(sixDigits(world.app)).toMatch(/^\d{6}$/)
      expect(eightLetters(world.app)).toMatch(/^[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}$/)
    }
  })

  test('what happens with codes is written down, never the code', async () => {
    const events = (await world.events()).filter(({ type }) => type.startsWith('code.'))
    expect(events.map(({ type }) => type)).toContain('code.failed')
    expect(JSON.stringify(events)).not.toContain('654321')
  })
})
