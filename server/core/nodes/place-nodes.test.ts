import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { CREATE, READ } from '../permissions/permission.ts'
import { setRoomGrants } from '../permissions/set-room-grants.ts'
import { faultOf, type NodeWorld, nodeWorld, thrown } from '../suites/node-world.suite.ts'
import { changeNode } from './change-node.ts'
import { checkTallies } from './check-tallies.suite.ts'
import { copyNodes } from './copy-nodes.ts'
import { createFolder } from './create-folder.ts'
import { createRoom } from './create-room.ts'
import { deleteNodes } from './delete-nodes.ts'
import { findNode } from './find-node.ts'
import { moveNodes } from './move-nodes.ts'
import type { PlaceNodes } from './place-nodes.ts'

describe.each(await testDatabases())('moving, copying and deleting on $kind', (databases) => {
  let world: NodeWorld
  let room: number
  let other: number
  let from: number
  let to: number
  let round = 0

  beforeAll(async () => {
    world = await nodeWorld(databases)
  })

  afterAll(() => world.stop())

  const folder = async (parent: number, name: string) =>
    (await createFolder(world.as('ann'), { parent: { id: parent }, name })).node.id

  beforeEach(async () => {
    round += 1
    const admins = { adminIds: [world.ids.ann] }
    room = (await createRoom(world.as('admin'), { name: `Room ${round}`, ...admins })).node.id
    other = (await createRoom(world.as('admin'), { name: `Other ${round}`, ...admins })).node.id
    from = await folder(room, 'from')
    to = await folder(room, 'to')
  })

  const moving = (id: number, target: number, more: Partial<PlaceNodes> = {}) =>
    moveNodes(world.as('ann'), {
      items: [{ node: { id } }],
      target: { id: target },
      onClash: 'fail',
      mode: 'all',
      ...more,
    })

  const copying = (id: number, target: number, more: Partial<PlaceNodes> = {}) =>
    copyNodes(world.as('ann'), {
      items: [{ node: { id } }],
      target: { id: target },
      onClash: 'fail',
      mode: 'all',
      ...more,
    })

  test('a folder moves with all in it, into another room too', async () => {
    const deep = await folder(from, 'deep')
    const file = await world.addFile(deep, 'f.txt', { size: 7 })
    const before = (await world.events()).length
    const moved = await moving(from, to)
    expect(moved.outcomes[0]?.view?.rootPath).toEqual([`Room ${round}`, 'to', 'from'])
    expect(moved.target.tally).toMatchObject({ folders: 1, size: 7 })
    await moving(to, other)
    const view = await findNode(world.as('ann'), { node: { id: file } })
    expect(view.node.boundaryId).toBe(other)
    expect(view.rootPath).toEqual([`Other ${round}`, 'to', 'from', 'deep', 'f.txt'])
    expect(await checkTallies(world, room)).toBe(0)
    expect(await checkTallies(world, other)).toBe(7)
    const types = (await world.events()).slice(before).map(({ type }) => type)
    expect(types).toEqual(['node.moved', 'node.left', 'node.moved'])
  })

  test('says what is wrong with a move', async () => {
    const below = await folder(from, 'below')
    const file = await world.addFile(room, 'file')
    expect(await faultOf(moving(from, below))).toBe('cycle node target')
    expect(await faultOf(moving(from, from))).toBe('cycle node target')
    expect(await faultOf(moving(from, room))).toBe('same-place node source')
    expect(await faultOf(moving(other, room))).toBe('wrong-kind node source')
    expect(await faultOf(moving(from, file))).toBe('wrong-kind node target')
    expect(await faultOf(moving(from, 999_999))).toBe('not-found node target')
    expect(await faultOf(moving(999_999, to))).toBe('not-found node source')
    const two = [{ node: { id: below } }, { node: { id: to } }]
    const mixed = moving(0, other, { items: two, sameParent: true })
    expect(await faultOf(mixed)).toBe('mixed-parents node source')
    expect(await checkTallies(world, room)).toBe(10)
  })

  test('clash rules: fail, rename, overwrite', async () => {
    const first = await world.addFile(from, 'A.txt', { size: 1 })
    const second = await world.addFile(to, 'a.TXT', { size: 20 })
    const clash = await thrown(moving(first, to))
    expect(clash).toMatchObject({ code: 'name-taken', role: 'target', data: { node: second } })
    const renamed = await moving(first, to, { onClash: 'rename' })
    expect(renamed.outcomes[0]?.view?.node.name).toBe('A (1).txt')
    const items = [{ node: { id: first }, name: 'a.txt' }]
    const over = await moving(first, to, { items, onClash: 'overwrite' })
    expect(over.outcomes[0]?.view?.node).toMatchObject({ id: first, name: 'a.txt' })
    expect(await faultOf(findNode(world.as('ann'), { node: { id: second } }))).toBe(
      'not-found node',
    )
    expect(await checkTallies(world, room)).toBe(1)
    await folder(from, 'a.txt')
    const refused = await thrown(moving(first, from, { onClash: 'overwrite' }))
    expect(refused).toMatchObject({ code: 'wrong-kind', role: 'target' })
  })

  test('each for itself: faults become outcomes', async () => {
    const good = await world.addFile(from, 'good')
    const taken = await world.addFile(from, 'taken')
    await world.addFile(to, 'taken')
    const items = [good, 999_999, taken].map((id) => ({ node: { id } }))
    const { outcomes, target } = await moving(0, to, { items, mode: 'each' })
    expect(outcomes.map(({ fault }) => fault?.code)).toEqual([undefined, 'not-found', 'name-taken'])
    expect(target.tally.files).toBe(2)
    const all = moving(0, from, { items: [{ node: { id: good } }, ...items], mode: 'all' })
    expect(await faultOf(all)).toBe('not-found node source')
    expect((await findNode(world.as('ann'), { node: { id: good } })).node.parentId).toBe(to)
  })

  test('rights: what is needed at each end', async () => {
    const file = await world.addFile(from, 'f')
    const items = [{ node: { id: file } }]
    const asBob = (work: typeof moveNodes) =>
      work(world.as('bob'), { items, target: { id: other }, onClash: 'fail', mode: 'all' })
    expect(await faultOf(asBob(moveNodes))).toBe('not-found node target')
    const grant = (roomId: number, permissions: number) =>
      setRoomGrants(world.as('ann'), {
        room: { id: roomId },
        grants: [{ userId: world.ids.bob, permissions }],
      })
    await grant(other, READ)
    expect(await faultOf(asBob(moveNodes))).toBe('not-found node source')
    await grant(room, READ)
    expect(await faultOf(asBob(copyNodes))).toBe('forbidden node target')
    await grant(other, READ | CREATE)
    expect(await faultOf(asBob(moveNodes))).toBe('forbidden node source')
    const copied = await asBob(copyNodes)
    expect(copied.outcomes[0]?.view?.createdBy.userName).toBe('bob')
  })

  test('a copy has ids and counters of its own and shares the bytes', async () => {
    const deep = await folder(from, 'deep')
    const file = await world.addFile(deep, 'f.txt', { size: 7 })
    await world.addFile(from, 'g.txt', { size: 5 })
    const before = await world.asSystem().read((tx) => tx.tallies.tenantBytes())
    const { outcomes } = await copying(from, other)
    const copy = outcomes[0]!.view!
    expect(copy.tally).toMatchObject({ folders: 1, files: 1, size: 12 })
    const path = [...copy.rootPath!, 'deep', 'f.txt']
    const view = await findNode(world.as('ann'), { node: { path } })
    const source = await findNode(world.as('ann'), { node: { id: file } })
    expect(view.node.id).not.toBe(file)
    expect(view.node.content?.blobId).toBe(source.node.content?.blobId)
    expect(view.node.boundaryId).toBe(other)
    expect(await checkTallies(world, other)).toBe(12)
    expect(await world.asSystem().read((tx) => tx.tallies.tenantBytes())).toBe(before + 12)
  })

  test('a copy beside itself is numbered, into itself refused', async () => {
    const file = await world.addFile(from, 'f.txt')
    expect(await faultOf(copying(file, from))).toBe('same-place node source')
    expect(await faultOf(copying(from, from))).toBe('cycle node target')
    const { outcomes } = await copying(file, from, { onClash: 'rename' })
    expect(outcomes[0]?.view?.node.name).toBe('f (1).txt')
    expect(await checkTallies(world, room)).toBe(20)
  })

  test('quotas of rooms hold for copies and for moves from outside', async () => {
    const file = await world.addFile(from, 'f.txt', { size: 60 })
    await changeNode(world.as('admin'), { node: { id: other }, change: { quota: 100 } })
    await copying(file, other)
    expect(await thrown(copying(file, other, { onClash: 'rename' }))).toMatchObject({
      code: 'quota-exceeded',
      data: { of: 'room', node: other },
    })
    expect(await faultOf(moving(from, other))).toBe('quota-exceeded node target')
    expect(await checkTallies(world, other)).toBe(60)
  })

  test('deletion takes the subtree to the trash and keeps the bytes booked', async () => {
    const deep = await folder(from, 'deep')
    const file = await world.addFile(deep, 'f.txt', { size: 7 })
    const booked = await world.asSystem().read((tx) => tx.tallies.tenantBytes())
    const nodes = [{ id: from }, { id: file }, { id: from }]
    const outcomes = await deleteNodes(world.as('ann'), { nodes, mode: 'all' })
    expect(outcomes.map(({ node }) => node?.id)).toEqual([from, file, from])
    for (const id of [from, deep, file]) {
      expect(await faultOf(findNode(world.as('ann'), { node: { id } }))).toBe('not-found node')
    }
    expect(await checkTallies(world, room)).toBe(0)
    expect(await world.asSystem().read((tx) => tx.tallies.tenantBytes())).toBe(booked)
    expect(await faultOf(deleteNodes(world.as('ann'), { nodes, mode: 'all' }))).toBe(
      'not-found node',
    )
  })

  test('a room goes for good, with its mounts and bytes', async () => {
    await world.addFile(from, 'f.txt', { size: 7 })
    const booked = await world.asSystem().read((tx) => tx.tallies.tenantBytes())
    const path = [`Room ${round}`]
    const asBob = deleteNodes(world.as('bob'), { nodes: [{ id: room }], mode: 'all' })
    expect(await faultOf(asBob)).toBe('not-found node')
    await deleteNodes(world.as('admin'), { nodes: [{ id: room }], mode: 'all' })
    expect(await faultOf(findNode(world.as('ann'), { node: { path } }))).toBe('not-found node')
    expect(await faultOf(findNode(world.as('admin'), { node: { id: room } }))).toBe(
      'not-found node',
    )
    expect(await world.asSystem().read((tx) => tx.tallies.tenantBytes())).toBe(booked - 7)
  })

  test('homes stay', async () => {
    const own = deleteNodes(world.as('ann'), { nodes: [{ path: [] }], mode: 'all' })
    expect(await faultOf(own)).toBe('forbidden node')
    const homes = [{ id: world.tenant.homesId }]
    const above = deleteNodes(world.as('admin'), { nodes: homes, mode: 'all' })
    expect(await faultOf(above)).toBe('forbidden node')
  })

  test('a mount moves and goes alone', async () => {
    const name = `Room ${round}`
    const home = await createFolder(world.as('ann'), { path: [`mine ${round}`] })
    await moveNodes(world.as('ann'), {
      items: [{ node: { path: [name] }, name: 'Shown' }],
      target: { id: home.node.id },
      onClash: 'fail',
      mode: 'all',
    })
    const path = [`mine ${round}`, 'Shown', 'from']
    const view = await findNode(world.as('ann'), { node: { id: from } })
    expect(view.rootPath).toEqual(path)
    expect((await findNode(world.as('ann'), { node: { path } })).node.id).toBe(from)
    expect(await faultOf(moving(home.node.id, to))).toBe('wrong-kind node source')
    await deleteNodes(world.as('ann'), { nodes: [{ path: path.slice(0, 2) }], mode: 'all' })
    expect((await findNode(world.as('ann'), { node: { id: from } })).rootPath).toBeNull()
    expect(await faultOf(findNode(world.as('ann'), { node: { path } }))).toBe('not-found node')
    await checkTallies(world, world.tenant.homesId)
  })
})
