import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { findDownload } from '../downloads/find-download.ts'
import { createFolder } from '../nodes/create-folder.ts'
import { deleteNodes } from '../nodes/delete-nodes.ts'
import { READ, READ_TRASH } from '../permissions/permission.ts'
import { setRoomGrants } from '../permissions/set-room-grants.ts'
import { faultOf } from '../suites/node-world.suite.ts'
import { pieces, type TransferWorld, transferWorld } from '../suites/transfer-world.suite.ts'
import { storeFile } from '../uploads/store-file.ts'
import { openDeleted } from './deleted-tickets.ts'
import { listWithDeleted } from './list-with-deleted.ts'
import { purgeDeleted } from './purge-deleted.ts'

describe.each(await testDatabases())('listings with what was deleted on $kind', (databases) => {
  let world: TransferWorld
  beforeAll(async () => {
    world = await transferWorld(databases)
  })
  afterAll(() => world.stop())

  const list = async (id: number, offset = 0, limit = 10, who = world.as('ann')) => {
    const page = { offset, limit }
    const { items, deleted, total, parent } = await listWithDeleted(who, { parent: { id }, page })
    const names = items.map(({ node }) => `${node.name}${node.deletedAt === null ? '' : ' gone'}`)
    return { names, deleted, total, tally: parent?.tally.listing }
  }

  test('pages go on from what is live to what was deleted here, not below', async () => {
    const ann = world.as('ann')
    const room = await world.room('Room', { bob: READ })
    const ids: number[] = []
    for (const name of ['a', 'b', 'c', 'd']) {
      ids.push((await createFolder(ann, { parent: { id: room }, name })).node.id)
    }
    await createFolder(ann, { parent: { id: ids[0]! }, name: 'inner' })
    const trash = (ref: Parameters<typeof deleteNodes>[1]['nodes']) =>
      deleteNodes(world.as('ann'), { nodes: ref, mode: 'all' })
    const inner = await list(ids[0]!)
    expect(inner).toMatchObject({ names: ['inner'], deleted: 0 })
    await trash([{ id: ids[1]! }])
    world.pass(1)
    await trash([{ id: ids[2]! }])
    const all = await list(room)
    expect(all).toMatchObject({ names: ['a', 'd', 'c gone', 'b gone'], deleted: 2, total: 4 })
    expect((await list(room, 1, 2)).names).toEqual(['d', 'c gone'])
    expect((await list(room, 3, 2)).names).toEqual(['b gone'])
    expect((await list(room, 9, 2)).names).toEqual([])
    expect(await list(room, 0, 10, world.as('bob'))).toMatchObject({ total: 2, deleted: 0 })
    await purgeDeleted(ann, { nodes: [{ id: ids[1]! }], mode: 'all' })
    const after = await list(room)
    expect(after).toMatchObject({ names: ['a', 'd', 'c gone'], deleted: 1, tally: all.tally })
  })

  test('bytes of a deleted file are for who reads the trash, as long as he does', async () => {
    const ann = world.as('ann')
    const room = await world.room('Read', { bob: READ | READ_TRASH })
    const source = pieces(Buffer.from('text'))
    const { node } = await storeFile(ann, { parent: { id: room }, name: 'x', source })
    await deleteNodes(ann, { nodes: [{ id: node.id }], mode: 'all' })
    const input = { node: { path: ['x'], from: room } }
    const bob = world.as('bob')
    expect(await faultOf(findDownload(bob, input))).toBe('not-found node file')
    const { ticket } = await findDownload(bob, { ...input, evenDeleted: true })
    const file = await openDeleted(world.as('ann'), { ticket })
    expect([file.name, file.size]).toEqual(['x', 4])
    const userId = world.nodes.ids.bob
    const grants = [{ userId, permissions: READ }]
    await setRoomGrants(ann, { room: { id: room }, grants })
    expect(await faultOf(openDeleted(bob, { ticket }))).toBe('forbidden node')
    const asked = findDownload(bob, { ...input, evenDeleted: true })
    expect(await faultOf(asked)).toBe('not-found node file')
  })
})
