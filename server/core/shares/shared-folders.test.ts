import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { changeNode } from '../nodes/change-node.ts'
import { copyNodes } from '../nodes/copy-nodes.ts'
import { createFolder } from '../nodes/create-folder.ts'
import { createRoom } from '../nodes/create-room.ts'
import { deleteNodes } from '../nodes/delete-nodes.ts'
import { findNode } from '../nodes/find-node.ts'
import { listChildren } from '../nodes/list-children.ts'
import { moveNodes } from '../nodes/move-nodes.ts'
import type { NodeRef, OnClash } from '../nodes/node.ts'
import { CREATE, DELETE, READ } from '../permissions/permission.ts'
import { setRoomGrants } from '../permissions/set-room-grants.ts'
import { faultOf, type NodeWorld, nodeWorld } from '../suites/node-world.suite.ts'
import { endShare } from './end-share.ts'
import { startShare } from './start-share.ts'

const page = { offset: 0, limit: 100 }
const write = READ | CREATE | DELETE

describe.each(await testDatabases())('a shared folder on $kind', (databases) => {
  let world: NodeWorld
  let docs: number
  let shared: number

  beforeAll(async () => {
    world = await nodeWorld(databases)
  })
  beforeEach(async () => {
    docs = await folder('docs')
    shared = await folder('docs', 'shared')
    await world.addFile(shared, 'a.txt')
    await share(shared)
  })
  afterEach(async () => {
    for (const who of ['ann', 'bob'] as const) {
      const { items } = await listChildren(world.as(who), { parent: { path: [] }, page })
      await deleteNodes(world.as(who), { nodes: items.map(({ node }) => node), mode: 'all' })
    }
    await deleteNodes(world.as('admin'), { nodes: rooms.splice(0), mode: 'all' })
  })
  afterAll(() => world.stop())
  const rooms: { id: number }[] = []

  const ann = () => world.as('ann')
  const bob = () => world.as('bob')
  const folder = async (...path: string[]) => (await createFolder(ann(), { path })).node.id
  const share = (id: number, permissions = write) =>
    ann()
      .write(async (tx) => {
        await tx.nodes.lockTree()
        await startShare(ann(), tx, (await tx.nodes.find(id))!)
      })
      .then(() => grant(id, permissions))
  const grant = (id: number, permissions: number) =>
    setRoomGrants(ann(), { room: { id }, grants: [{ userId: world.ids.bob, permissions }] })
  const end = (id: number) =>
    ann().write(async (tx) => {
      await tx.nodes.lockTree()
      return endShare(ann(), tx, (await tx.nodes.find(id))!)
    })
  const move = (who: 'ann' | 'bob', node: NodeRef, target: NodeRef, onClash: OnClash = 'fail') =>
    moveNodes(world.as(who), { items: [{ node }], target, onClash, mode: 'all' })
  const namesIn = async (who: 'ann' | 'bob', parent: NodeRef | null) => {
    const { items } = await listChildren(world.as(who), { parent, page, includeMounts: true })
    return items.map(({ node }) => node.name)
  }

  test('keeps id, content and place, and stands alone for others', async () => {
    expect(await findNode(ann(), { node: { id: shared } })).toMatchObject({
      node: { kind: 'room', parentId: docs, boundaryId: shared },
      rootPath: ['docs', 'shared'],
      tally: { files: 1, size: 10 },
    })
    expect(await findNode(bob(), { node: { id: shared } })).toMatchObject({
      node: { parentId: null },
      rootPath: ['shared'],
      ancestors: [],
      permissions: write,
      owner: { id: world.ids.ann },
    })
    const file = await findNode(bob(), { node: { path: ['shared', 'a.txt'] } })
    expect(file.ancestors.map(({ id }) => id)).toEqual([shared])
    expect(await namesIn('bob', { path: [] })).toEqual(['shared'])
    expect(await namesIn('bob', null)).toEqual(['Homes', 'shared'])
    expect(await namesIn('ann', null)).not.toContain('shared')
    expect(await faultOf(findNode(bob(), { node: { id: docs } }))).toBe('not-found node')
  })

  test('ends: everything is as before, for nobody else', async () => {
    const before = await deleteNodes(bob(), {
      nodes: [{ path: ['shared', 'a.txt'] }],
      mode: 'all',
    })
    expect(before[0]?.node?.boundaryId).toBe(shared)
    await end(shared)
    expect(await findNode(ann(), { node: { id: shared } })).toMatchObject({
      node: { kind: 'folder', parentId: docs, room: null },
      tally: { files: 0 },
    })
    expect(await faultOf(findNode(bob(), { node: { id: shared } }))).toBe('not-found node')
    expect(await namesIn('bob', { path: [] })).toEqual([])
  })

  test('is in another only a folder of it, until that ends', async () => {
    const inner = await folder('docs', 'shared', 'inner')
    await share(inner, READ)
    expect(await namesIn('bob', { path: [] })).toEqual(['shared'])
    expect((await findNode(bob(), { node: { id: inner } })).rootPath).toEqual(['shared', 'inner'])
    await grant(shared, 0)
    expect(await namesIn('bob', { path: [] })).toEqual(['inner'])
    await grant(shared, write)
    expect(await namesIn('bob', { path: [] })).toEqual(['shared'])
    await end(shared)
    expect(await namesIn('bob', { path: [] })).toEqual(['inner'])
    expect(await findNode(bob(), { node: { id: inner } })).toMatchObject({ permissions: READ })
  })

  test('its owner moves it about in his home, and into other shares of his', async () => {
    const other = await folder('other')
    await move('ann', { id: shared }, { id: other })
    expect((await findNode(ann(), { node: { id: shared } })).rootPath).toEqual(['other', 'shared'])
    await share(other, READ)
    await share(docs, write)
    expect((await findNode(bob(), { node: { id: shared } })).rootPath).toEqual(['other', 'shared'])
    await grant(shared, 0)
    expect((await findNode(bob(), { node: { id: shared } })).permissions).toBe(READ)
    await move('ann', { id: shared }, { id: docs })
    expect((await findNode(bob(), { node: { id: shared } })).permissions).toBe(write)
  })

  test('rule 8: neither it nor a mount leaves the home that it is in', async () => {
    const room = await createRoom(world.as('admin'), { name: 'R', adminIds: [world.ids.ann] })
    const target = { id: room.node.id }
    rooms.push(target)
    expect(await faultOf(move('ann', { id: shared }, target))).toBe('wrong-kind node source')
    expect(await faultOf(move('ann', { id: docs }, target))).toBe('wrong-kind node source')
    const bobs = (await createFolder(bob(), { path: ['mine'] })).node.id
    await move('bob', { path: ['shared'] }, { id: bobs })
    expect(await namesIn('bob', { path: ['mine'] })).toEqual(['shared'])
    expect(await namesIn('ann', { path: ['docs'] })).toEqual(['shared'])
    const writable = await folder('writable')
    await share(writable)
    const mount = { path: ['mine', 'shared'] }
    const refused = move('bob', mount, { path: ['writable'] })
    expect(await faultOf(refused)).toBe('wrong-kind node source')
    expect(await faultOf(move('bob', { id: shared }, { path: [] }))).toBe('forbidden node source')
  })

  test('rule 8: nothing goes over a shared folder, and it goes over none', async () => {
    const other = await folder('other')
    await folder('other', 'shared')
    const onto = move('ann', { id: shared }, { id: other }, 'overwrite')
    expect(await faultOf(onto)).toBe('wrong-kind node target')
  })

  test('goes to the trash as a folder; members may only leave it', async () => {
    await deleteNodes(bob(), { nodes: [{ path: ['shared'] }], mode: 'all', trashOnly: true })
    expect(await namesIn('bob', { path: [] })).toEqual([])
    expect(await faultOf(findNode(bob(), { node: { id: shared } }))).toBe('not-found node')
    await grant(shared, write)
    expect(await namesIn('bob', { path: [] })).toEqual(['shared'])
    const byId = deleteNodes(bob(), { nodes: [{ id: shared }], mode: 'all', trashOnly: true })
    expect(await faultOf(byId)).toBe('forbidden node')
    await deleteNodes(ann(), { nodes: [{ id: docs }], mode: 'all', trashOnly: true })
    expect(await namesIn('bob', { path: [] })).toEqual([])
    const types = (await world.events()).map(({ type }) => type)
    expect(types.slice(-2)).toEqual(['share.ended', 'node.deleted'])
  })

  test('is copied as a folder, without what is not to be read', async () => {
    const inner = await folder('docs', 'shared', 'inner')
    await share(inner, READ)
    const copied = await copyNodes(ann(), {
      items: [{ node: { id: docs }, name: 'copy' }],
      target: { path: [] },
      onClash: 'fail',
      mode: 'all',
    })
    expect(copied.outcomes[0]?.view).toMatchObject({ tally: { folders: 1, size: 10 } })
    expect(await namesIn('ann', { path: ['copy', 'shared'] })).toEqual(['inner', 'a.txt'])
    expect(await namesIn('bob', { path: [] })).toEqual(['shared'])
  })

  test('mounts have names and places of their own', async () => {
    const rename = { node: { path: ['shared'] }, change: { name: 'mine' } }
    expect((await changeNode(bob(), rename)).node.name).toBe('shared')
    expect(await namesIn('bob', { path: [] })).toEqual(['mine'])
    expect(await namesIn('ann', { id: docs })).toEqual(['shared'])
    const twice = await folder('shared')
    await share(twice)
    await changeNode(ann(), { node: { id: shared }, change: { name: 'renamed' } })
    expect(await namesIn('bob', { path: [] })).toEqual(['mine', 'shared'])
  })
})
