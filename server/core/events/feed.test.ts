import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { changeNode } from '../nodes/change-node.ts'
import { createFolder } from '../nodes/create-folder.ts'
import { deleteNodes } from '../nodes/delete-nodes.ts'
import { moveNodes } from '../nodes/move-nodes.ts'
import { CREATE, READ } from '../permissions/permission.ts'
import { setRoomGrants } from '../permissions/set-room-grants.ts'
import { faultOf } from '../suites/node-world.suite.ts'
import { type TransferWorld, transferWorld } from '../suites/transfer-world.suite.ts'
import { type Feed, openFeed } from './feed.ts'
import { ownEvents } from './own-events.ts'
import type { ToldEvent } from './told-event.ts'

const types = [
  'folder.created',
  'node.renamed',
  'node.moved',
  'node.deleted',
  'grant.changed',
] as const

describe.each(await testDatabases())('the feed of events on $kind', (databases) => {
  let world: TransferWorld
  let feed: Feed
  let room: number

  beforeAll(async () => {
    world = await transferWorld(databases)
    feed = openFeed(world.app)
    room = await world.room('Room', { bob: READ })
  })
  afterAll(async () => {
    await feed.close()
    await world.stop()
  })

  const ann = () => world.as('ann')
  const folder = async (name: string, parent = room) =>
    (await createFolder(ann(), { parent: { id: parent }, name })).node.id
  const give = (permissions: number) =>
    setRoomGrants(ann(), {
      room: { id: room },
      grants: [{ userId: world.nodes.ids.bob, permissions }],
    })
  const list = (more: object = {}) =>
    ownEvents(world.as('bob'), { types, page: { offset: 0, limit: 50 }, ...more })
  const shown = (told: readonly ToldEvent[]) =>
    told.map(({ event, path, oldPath }) => [event.type, path?.join('/'), oldPath?.join('/')])

  test('says where things are and were, in the reader’s own root', async () => {
    const one = await folder('one')
    const two = await folder('two')
    const inner = await folder('inner', one)
    await changeNode(ann(), { node: { id: one }, change: { name: 'first' } })
    const items = [{ node: { id: inner } }]
    await moveNodes(ann(), { items, target: { id: two }, onClash: 'fail', mode: 'all' })
    await deleteNodes(ann(), { nodes: [{ id: inner }], mode: 'all' })
    const told = await list({ oldestFirst: true, by: 'others' })
    expect(shown(told.filter(({ event }) => event.type !== 'grant.changed'))).toEqual([
      ['folder.created', 'Room/first', undefined],
      ['folder.created', 'Room/two', undefined],
      ['folder.created', 'Room/first/inner', undefined],
      ['node.renamed', 'Room/first', 'Room/one'],
      ['node.moved', 'Room/two/inner', 'Room/first/inner'],
      ['node.deleted', 'Room/two/inner', undefined],
    ])
    expect(told.at(-1)?.actor?.userName).toBe('ann')
    expect(await list({ by: 'me' })).toEqual([])
    expect((await list({ page: { offset: 1, limit: 1 } }))[0]?.event.type).toBe('node.moved')
    const nobody = ownEvents(world.anonymous(), { types, page: { offset: 0, limit: 1 } })
    expect(await faultOf(nobody)).toBe('unauthenticated session')
  })

  test('a right that was taken ends it, but for the taking itself', async () => {
    const before = (await list()).length
    expect(before).toBeGreaterThan(5)
    await give(CREATE)
    const left = await list()
    expect(left.every(({ event }) => event.type === 'grant.changed')).toBe(true)
    expect(left.length).toBeGreaterThan(0)
    await give(READ)
    expect((await list()).length).toBeGreaterThan(before)
  })

  test('those who listen are told once, in order, what they may read then', async () => {
    const told: ToldEvent[] = []
    const more: ToldEvent[] = []
    const { ann: annId, bob } = world.nodes.ids
    const ends = [
      await feed.listen(world.nodes.tenant, bob, (events) => told.push(...events)),
      await feed.listen(world.nodes.tenant, annId, (events) => more.push(...events)),
    ]
    const names = (events: readonly ToldEvent[]) => events.map(({ event }) => event.nodeName)
    await Promise.all(['a', 'b', 'c'].map((name) => folder(name)))
    await expect.poll(() => names(told).sort()).toEqual(['a', 'b', 'c'])
    expect(told.map(({ event }) => event.id)).toEqual(more.map(({ event }) => event.id))
    await give(0)
    await folder('hidden')
    await expect.poll(() => names(more)).toContain('hidden')
    expect(names(told)).not.toContain('hidden')
    await give(READ)
    for (const end of ends) end()
    const count = more.length
    await folder('later')
    expect(more).toHaveLength(count)
  })

  test('what another process commits is seen as well, if nobody tells it', async () => {
    const store = { ...world.app.store, hearsOthers: () => false }
    const other = openFeed({ ...world.app, store })
    const told: ToldEvent[] = []
    const end = await other.listen(world.nodes.tenant, world.nodes.ids.bob, (events) =>
      told.push(...events),
    )
    await folder('elsewhere')
    await expect.poll(() => told.map(({ event }) => event.nodeName)).toEqual(['elsewhere'])
    end()
    await other.close()
  })
})
