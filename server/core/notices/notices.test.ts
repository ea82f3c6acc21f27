import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { READ } from '../permissions/permission.ts'
import { faultOf } from '../suites/node-world.suite.ts'
import { type TransferWorld, transferWorld } from '../suites/transfer-world.suite.ts'
import { type AddNotice, addNotice } from './add-notice.ts'
import { ownNotices } from './own-notices.ts'

describe.each(await testDatabases())('notices on $kind', (databases) => {
  let world: TransferWorld

  beforeAll(async () => {
    world = await transferWorld(databases)
  })
  afterAll(() => world.stop())

  const tell = (input: Omit<AddNotice, 'userId'>) => {
    const ctx = world.as('ann')
    return ctx.write((tx) => addNotice(ctx, tx, { userId: world.nodes.ids.bob, ...input }))
  }
  const read = (filter = {}) =>
    ownNotices(world.as('bob'), { filter, page: { offset: 0, limit: 10 } })

  test('their reader sees them, the newest first, with who and where', async () => {
    const room = await world.room('Room', { bob: READ })
    const hidden = await world.room('Hidden')
    await tell({ action: 'failed-logins', text: '3' })
    await tell({ action: 'share-invitation', text: 'Room', nodeId: room, isInteractive: true })
    await tell({ action: 'share-invitation', text: 'Hidden', nodeId: hidden, key: 'one' })
    const { items, total } = await read()
    expect(total).toBe(3)
    expect(items.map(({ notice }) => notice.text)).toEqual(['Hidden', 'Room', '3'])
    expect(items.map(({ path }) => path)).toEqual([null, ['Room'], null])
    expect(items[1]).toMatchObject({ notice: { status: 'waiting' }, from: { userName: 'ann' } })
    expect((await read({ isInteractive: true })).total).toBe(1)
    const page = { offset: 0, limit: 10 }
    expect((await ownNotices(world.as('ann'), { page })).total).toBe(0)
    expect(await faultOf(ownNotices(world.anonymous(), { page }))).toBe('unauthenticated session')
  })

  test('what is told again under a key is told once', async () => {
    await tell({ action: 'share-invitation', text: 'new name', key: 'one' })
    const { items } = await read()
    expect(items.map(({ notice }) => notice.text)).toEqual(['new name', 'Room', '3'])
  })
})
