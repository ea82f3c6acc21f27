import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { type IdentityWorld, identityWorld, limits } from '../suites/identity-world.suite.ts'
import { faultOf, thrown } from '../suites/node-world.suite.ts'
import { removeUser } from '../users/remove-user.ts'
import { listFeedback } from './list-feedback.ts'
import { sendFeedback } from './send-feedback.ts'

describe.each(await testDatabases())('feedback on $kind', (databases) => {
  let world: IdentityWorld
  let ann: number
  beforeAll(async () => {
    world = await identityWorld(databases)
    ann = await world.addUser('ann')
  })
  afterAll(() => world.stop())

  const list = (ctx = world.asAdmin()) =>
    listFeedback(ctx, {
      sort: { by: 'createdAt', descending: true },
      page: { offset: 0, limit: 10 },
    })

  test('the newest of a user stay, and go with him', async () => {
    for (const comment of ['one', 'two', 'three']) await sendFeedback(world.as(ann), { comment })
    await sendFeedback(world.asAdmin(), { comment: 'mine' })
    const { items, total } = await list()
    expect(total).toBe(limits.feedback + 1)
    expect(items.map(({ comment }) => comment)).toEqual(['mine', 'three', 'two'])
    expect(await faultOf(list(world.as(ann)))).toBe('forbidden message')
    expect(await faultOf(list(world.stranger()))).toBe('unauthenticated session')
    await removeUser(world.asAdmin(), { id: ann })
    expect((await list()).items.map(({ comment }) => comment)).toEqual(['mine'])
  })

  test('what cannot be kept is refused', async () => {
    const ruleOf = async (input: Parameters<typeof sendFeedback>[1]) =>
      (await thrown(sendFeedback(world.asAdmin(), input))).data
    expect(await ruleOf({ comment: ' ' })).toEqual({ field: 'comment', rule: 'empty' })
    const long = 'x'.repeat(limits.feedbackLength + 1)
    expect(await ruleOf({ comment: long })).toEqual({ field: 'comment', rule: 'length' })
    expect(await ruleOf({ comment: 'x', name: 'a\nb' })).toEqual({ field: 'name', rule: 'control' })
    expect(await ruleOf({ comment: 'x', email: 'x' })).toEqual({ field: 'email', rule: 'form' })
  })
})
