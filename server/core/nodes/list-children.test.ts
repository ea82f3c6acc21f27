import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { MANAGE, READ } from '../permissions/permission.ts'
import { setRoomGrants } from '../permissions/set-room-grants.ts'
import { counting } from '../suites/counting.suite.ts'
import { faultOf, type NodeWorld, nodeWorld } from '../suites/node-world.suite.ts'
import { createFolder } from './create-folder.ts'
import { createRoom } from './create-room.ts'
import { deleteNodes } from './delete-nodes.ts'
import { type ListChildren, type Listing, listChildren } from './list-children.ts'

const names = (listing: Listing) => listing.items.map(({ node }) => node.name)
const all = { offset: 0, limit: 500 }

describe.each(await testDatabases())('listing on $kind', (databases) => {
  let world: NodeWorld
  let room: number
  let open: number
  let closed: number

  beforeAll(async () => {
    world = await nodeWorld(databases)
    const ann = world.as('ann')
    const adminIds = [world.ids.ann]
    room = (await createRoom(world.as('admin'), { name: 'Room', adminIds })).node.id
    const parent = { id: room }
    open = (await createRoom(ann, { parent, name: 'z open' })).node.id
    closed = (await createRoom(ann, { parent, name: 'closed', inherit: false, adminIds })).node.id
    for (const name of ['b', 'A', 'c']) await createFolder(ann, { parent, name })
    for (const name of ['1.txt', '10.txt', '2.TXT']) await world.addFile(room, name)
  })

  afterAll(() => world.stop())

  const list = (
    who: 'admin' | 'ann' | 'bob',
    parent: number | null,
    more: Partial<ListChildren> = {},
  ) =>
    listChildren(world.as(who), {
      parent: parent === null ? null : { id: parent },
      page: all,
      ...more,
    })

  test('rooms, then folders, then files, by name', async () => {
    const listing = await list('ann', room)
    expect(names(listing)).toEqual(['closed', 'z open', 'A', 'b', 'c', '1.txt', '10.txt', '2.TXT'])
    expect(listing.total).toBe(8)
    expect(listing.parent?.tally).toMatchObject({ rooms: 2, folders: 3, files: 3 })
  })

  test('filters', async () => {
    const kinds = await list('ann', room, { filter: { kinds: ['file'], nameContains: '.TX' } })
    expect([names(kinds), kinds.total]).toEqual([['1.txt', '10.txt', '2.TXT'], 3])
    const nothing = await list('ann', room, { filter: { nameContains: '\u0000' } })
    expect([nothing.items, nothing.total]).toEqual([[], 0])
    const managed = await list('ann', room, { filter: { permissions: [MANAGE] } })
    expect(managed.total).toBe(8)
  })

  test('passage shows the way and nothing beside it', async () => {
    expect(await faultOf(list('bob', room))).toBe('not-found node parent')
    const grants = [{ userId: world.ids.bob, permissions: READ }]
    await setRoomGrants(world.as('ann'), { room: { id: closed }, grants })
    const way = await list('bob', room)
    expect([names(way), way.total, way.parent?.permissions]).toEqual([['closed'], 1, 0])
    expect(names(await list('bob', null))).toContain('Room')
    expect(await faultOf(list('bob', open))).toBe('not-found node parent')
    const without = [{ userId: world.ids.bob, permissions: 0 }]
    await setRoomGrants(world.as('ann'), { room: { id: closed }, grants: without })
    expect(await faultOf(list('bob', room))).toBe('not-found node parent')
    expect(names(await list('bob', null))).toEqual(['Homes'])
  })

  test('room managers see every top room, and no content', async () => {
    expect(names(await list('admin', null, { managedRooms: true }))).toEqual(['Homes', 'Room'])
    expect(names(await list('ann', null, { managedRooms: true }))).toEqual(['Room'])
    expect((await list('admin', room)).total).toBe(0)
    expect((await list('bob', null, { managedRooms: true })).total).toBe(0)
  })

  test('mounts are entries of the own root alone, on wish', async () => {
    const home = { parent: { path: [] }, page: all }
    const entries = await listChildren(world.as('ann'), { ...home, includeMounts: true })
    expect(entries.items).toMatchObject([{ node: { id: room, name: 'Room', kind: 'room' } }])
    expect(entries.items[0]?.mountId).not.toBeNull()
    expect(entries.total).toBe(1)
    expect((await listChildren(world.as('ann'), home)).total).toBe(0)
  })

  test('a file has no children', async () => {
    const file = await world.addFile(open, 'leaf')
    expect(await faultOf(list('ann', file))).toBe('wrong-kind node parent')
    const page = { offset: -1, limit: 1 }
    expect(await faultOf(list('ann', room, { page }))).toBe('invalid body')
  })

  test.each([false, true])('pages in any order make the whole (descending: %s)', async (down) => {
    const folder = await createFolder(world.as('ann'), {
      parent: { id: room },
      name: `many ${down}`,
    })
    for (let n = 0; n < 23; n++) await world.addFile(folder.node.id, `file ${n}`)
    const pageAt = (offset: number) =>
      list('ann', folder.node.id, {
        sort: { by: 'name', descending: down },
        page: { offset, limit: 5 },
      })
    const whole = await list('ann', folder.node.id, { sort: { by: 'name', descending: down } })
    for (const offset of [0, 5, 10, 15, 20, 7, 12, 21, 25, 3, 15]) {
      const page = await pageAt(offset)
      expect(names(page)).toEqual(names(whole).slice(offset, offset + 5))
      expect(page.total).toBe(23)
    }
    const gone = [{ id: whole.items[2]!.node.id }]
    await deleteNodes(world.as('ann'), { nodes: gone, mode: 'all' })
    const left = names(whole).toSpliced(2, 1)
    for (const offset of [5, 10]) {
      expect(names(await pageAt(offset))).toEqual(left.slice(offset, offset + 5))
    }
  })

  test('a page that was there before is found without skipping', async () => {
    const { pageMarks } = world.app
    const skipped: number[] = []
    const nearest: typeof pageMarks.nearest = (scope, offset) => {
      const mark = pageMarks.nearest(scope, offset)
      skipped.push(offset - (mark?.offset ?? 0))
      return mark
    }
    const ann = { ...world.as('ann'), pageMarks: { ...pageMarks, nearest } }
    const folder = await createFolder(ann, { parent: { id: room }, name: 'twice' })
    for (const name of ['a', 'b', 'c']) await world.addFile(folder.node.id, name)
    for (const offset of [2, 2, 1, 1, 2]) {
      const page = { offset, limit: 1 }
      const listing = await listChildren(ann, { parent: folder.node, page })
      expect(names(listing)).toEqual(['a', 'b', 'c'].slice(offset, offset + 1))
    }
    expect(skipped).toEqual([2, 0, 1, 0, 0])
  })

  test('the number of statements does not depend on the number of items', async () => {
    const few = await createFolder(world.as('ann'), { parent: { id: room }, name: 'few' })
    const many = await createFolder(world.as('ann'), { parent: { id: room }, name: 'lots' })
    await createFolder(world.as('ann'), { parent: few.node, name: 'f' })
    await world.addFile(few.node.id, 'x')
    for (let n = 0; n < 40; n++)
      await createFolder(world.as('ann'), { parent: many.node, name: `f ${n}` })
    for (let n = 0; n < 40; n++) await world.addFile(many.node.id, `x ${n}`)
    const countFor = async (id: number) => {
      const counted = counting(world.as('ann'))
      await listChildren(counted.ctx, { parent: { id }, page: all })
      return counted.calls()
    }
    expect(await countFor(many.node.id)).toBe(await countFor(few.node.id))
    expect(await countFor(many.node.id)).toBeLessThan(30)
  })
})
