import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import type { EventType } from '../event.ts'
import { createGroup } from '../groups/create-group.ts'
import { addGroupMembers } from '../groups/group-members.ts'
import { removeGroup } from '../groups/remove-group.ts'
import { changeNode } from '../nodes/change-node.ts'
import { createFolder } from '../nodes/create-folder.ts'
import { createRoom } from '../nodes/create-room.ts'
import { deleteNodes } from '../nodes/delete-nodes.ts'
import { moveNodes } from '../nodes/move-nodes.ts'
import { configureRoom } from '../permissions/configure-room.ts'
import type { GrantInput } from '../permissions/grant-facts.ts'
import { CREATE, READ } from '../permissions/permission.ts'
import { setRoomGrants } from '../permissions/set-room-grants.ts'
import { startShare } from '../shares/start-share.ts'
import { unshare } from '../shares/unshare.ts'
import { faultOf } from '../suites/node-world.suite.ts'
import { type TransferWorld, transferWorld } from '../suites/transfer-world.suite.ts'
import { type Feed, openFeed } from './feed.ts'
import { ownEvents } from './own-events.ts'
import type { ToldEvent } from './told-event.ts'

const types = [
  'folder.created',
  'node.renamed',
  'node.left',
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

  describe('what takes the right away is told once, and nothing after it', () => {
    const told: ToldEvent[] = []
    let end = () => {}
    beforeAll(async () => {
      const { tenant, ids } = world.nodes
      end = await feed.listen(tenant, ids.bob, (events) => told.push(...events))
    })
    afterAll(() => end())
    const heard = () =>
      told.map(({ event: { type, nodeName = '' }, node }) => [type, nodeName, node === null])
    const lastOf = async (types: readonly EventType[], page = { offset: 0, limit: 1 }) =>
      (await ownEvents(world.as('bob'), { types, page })).map(({ event }) => event.nodeName)

    test('of a room that is deleted, by members and by those who saw it by passage', async () => {
      const gone = await world.room('Gone', { bob: READ })
      const outer = await world.room('Outer')
      const input = { parent: { id: outer }, adminIds: [world.nodes.ids.bob], inherit: false }
      await createRoom(world.as('ann'), { ...input, name: 'Inner' })
      await expect.poll(() => heard().some(([, name]) => name === 'Inner')).toBe(true)
      told.length = 0
      for (const id of [gone, outer]) {
        await deleteNodes(world.as('admin'), { nodes: [{ id }], mode: 'all' })
      }
      await expect.poll(heard).toEqual([
        ['room.deleted', 'Gone', true],
        ['room.deleted', 'Outer', true],
      ])
      expect(await lastOf(['room.deleted'], { offset: 0, limit: 2 })).toEqual(['Outer', 'Gone'])
      const hidden = await world.room('Hidden')
      await deleteNodes(world.as('admin'), { nodes: [{ id: hidden }], mode: 'all' })
      expect(await lastOf(['room.deleted'])).toEqual(['Outer'])
    })

    test('of a shared folder that is none any more', async () => {
      const shared = await share('shared')
      told.length = 0
      await unshare(ann(), { node: { id: shared } })
      await createFolder(ann(), { parent: { id: shared }, name: 'after' })
      await expect.poll(heard).toEqual([['share.ended', 'shared', true]])
      expect(told[0]?.path).toBeNull()
      expect(await lastOf(['share.ended', 'folder.created'])).toEqual(['shared'])
    })

    test('of shared folders in a room that is deleted, by name of what he saw', async () => {
      const around = await world.room('Around')
      const inner = await createFolder(ann(), { parent: { id: around }, name: 'inner share' })
      await share('inner share', inner.node.id)
      told.length = 0
      await deleteNodes(world.as('admin'), { nodes: [{ id: around }], mode: 'all' })
      await expect.poll(heard).toEqual([['room.deleted', 'inner share', true]])
    })

    test('of grants: his own, those of a group, and what a room inherits', async () => {
      const { ann: annId, bob: bobId } = world.nodes.ids
      const group = await createGroup(world.as('admin'), { name: 'Group' })
      await addGroupMembers(world.as('admin'), { id: group.group.id, userIds: [bobId] })
      const top = await world.room('Top', { bob: READ })
      const below = { parent: { id: top }, name: 'Below', inherit: true }
      const heir = (await createRoom(ann(), below)).node.id
      const grant = (one: GrantInput) => setRoomGrants(ann(), { room: { id: top }, grants: [one] })
      await expect.poll(() => heard().some(([, name]) => name === 'Below')).toBe(true)
      told.length = 0
      const adminIds = [annId]
      await configureRoom(ann(), { room: { id: heir }, inherit: false, adminIds })
      await expect.poll(heard).toEqual([['node.changed', 'Below', true]])
      told.length = 0
      await grant({ groupId: group.group.id, admits: false, permissions: READ })
      await grant({ userId: bobId, permissions: 0 })
      await grant({ groupId: group.group.id, admits: false, permissions: 0 })
      await createFolder(ann(), { parent: { id: top }, name: 'after' })
      await expect
        .poll(() => heard().map(([type]) => type))
        .toEqual(['grant.changed', 'grant.removed', 'grant.removed'])
      expect(heard().at(-1)).toEqual(['grant.removed', 'Top', true])
      await removeGroup(world.as('admin'), { id: group.group.id })
      await expect.poll(() => heard().at(-1)?.[0]).toBe('group.deleted')
    })

    const share = async (name: string, id?: number) => {
      const folderId = id ?? (await createFolder(ann(), { path: [name] })).node.id
      await ann().write(async (tx) => {
        await tx.nodes.lockTree()
        await startShare(ann(), tx, (await tx.nodes.find(folderId))!)
      })
      const grants = [{ userId: world.nodes.ids.bob, permissions: READ }]
      await setRoomGrants(ann(), { room: { id: folderId }, grants })
      await expect.poll(() => heard().some(([, shown]) => shown === name)).toBe(true)
      return folderId
    }
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

  test('out of what one sees it has left, into it it is new, within it it has moved', async () => {
    const hidden = await world.room('Behind')
    const seen = await world.room('Ahead', { bob: READ })
    const one = await folder('wanders')
    const move = (id: number) =>
      moveNodes(ann(), {
        items: [{ node: { id: one } }],
        target: { id },
        onClash: 'fail',
        mode: 'all',
      })
    await move(hidden)
    const of = async (ctx = world.as('bob')) => {
      const told = await ownEvents(ctx, { types, page: { offset: 0, limit: 1 } })
      return told.map(({ event, path, isNew }) => [event.type, path?.join('/'), isNew])
    }
    expect(await of()).toEqual([['node.left', 'Room/wanders', false]])
    expect(await of(ann())).toEqual([['node.moved', 'Behind/wanders', false]])
    await move(seen)
    expect(await of()).toEqual([['node.moved', 'Ahead/wanders', true]])
    await move(room)
    expect(await of()).toEqual([['node.moved', 'Room/wanders', false]])
    await deleteNodes(ann(), { nodes: [{ id: one }], mode: 'all' })
  })
})
