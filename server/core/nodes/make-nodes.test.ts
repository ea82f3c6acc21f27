import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { CREATE, READ } from '../permissions/permission.ts'
import { setRoomGrants } from '../permissions/set-room-grants.ts'
import { faultOf, type NodeWorld, nodeWorld, thrown } from '../suites/node-world.suite.ts'
import { changeNode } from './change-node.ts'
import { createFolder } from './create-folder.ts'
import { createRoom } from './create-room.ts'
import { findNode } from './find-node.ts'
import { nodeParents } from './node-parents.ts'

describe.each(await testDatabases())('making and changing nodes on $kind', (databases) => {
  let world: NodeWorld
  let roomId: number

  beforeAll(async () => {
    world = await nodeWorld(databases)
    const view = await createRoom(world.as('admin'), { name: 'Room', adminIds: [world.ids.ann] })
    roomId = view.node.id
    const grants = [{ userId: world.ids.bob, permissions: READ }]
    await setRoomGrants(world.as('ann'), { room: { id: roomId }, grants })
  })

  afterAll(() => world.stop())

  const folderIn = (parentId: number, name: string) =>
    createFolder(world.as('ann'), { parent: { id: parentId }, name })

  test('what create answers is what find answers', async () => {
    const made = await folderIn(roomId, 'same')
    expect(await findNode(world.as('ann'), { node: { id: made.node.id } })).toEqual(made)
    expect(made.rootPath).toEqual(['Room', 'same'])
    expect(made.ancestors.map(({ name }) => name)).toEqual(['Room'])
    expect(made.createdBy.userName).toBe('ann')
    const room = await findNode(world.as('ann'), { node: { id: roomId } })
    expect(room.tally.folders).toBe(1)
    expect(await nodeParents(world.as('bob'), { node: { id: made.node.id } })).toEqual([
      { id: roomId, name: 'Room', kind: 'room' },
    ])
  })

  test('rooms need the role or MANAGE above', async () => {
    expect(await faultOf(createRoom(world.as('ann'), { name: 'mine' }))).toBe(
      'forbidden node parent',
    )
    const below = { parent: { id: roomId }, name: 'below' }
    expect(await faultOf(createRoom(world.as('bob'), below))).toBe('forbidden node parent')
    const room = await createRoom(world.as('ann'), below)
    expect(room.node.room?.inherit).toBe(true)
    const seen = await findNode(world.as('bob'), { node: { id: room.node.id } })
    expect(seen.permissions).toBe(READ)
    const folder = await folderIn(roomId, 'no rooms in here')
    const inFolder = { parent: { id: folder.node.id }, name: 'r' }
    expect(await faultOf(createRoom(world.as('ann'), inFolder))).toBe('wrong-kind node parent')
  })

  test('a room that inherits nothing is hidden from others, and needs known admins', async () => {
    const own = { parent: { id: roomId }, name: 'closed', inherit: false }
    const room = await createRoom(world.as('ann'), { ...own, adminIds: [world.ids.ann] })
    const hidden = findNode(world.as('bob'), { node: { id: room.node.id } })
    expect(await faultOf(hidden)).toBe('not-found node')
    const unknown = createRoom(world.as('ann'), { ...own, name: 'x', adminIds: [987_654] })
    expect(await faultOf(unknown)).toBe('not-found user admin')
  })

  test('names clash without case and form, and say with whom', async () => {
    const first = await folderIn(roomId, 'Stra\u00DFe')
    const clash = await thrown(folderIn(roomId, 'STRASSE'))
    expect(clash).toMatchObject({ code: 'name-taken', data: { node: first.node.id } })
    const numbered = { parent: { id: roomId }, name: 'strasse', onClash: 'rename' as const }
    expect((await createFolder(world.as('ann'), numbered)).node.name).toBe('strasse (1)')
    expect((await createFolder(world.as('ann'), numbered)).node.name).toBe('strasse (2)')
    const bad = await thrown(folderIn(roomId, '..'))
    expect(bad).toMatchObject({ code: 'invalid-name', data: { rule: 'dots' } })
  })

  test('an invisible node in the way is not named', async () => {
    const grants = [{ userId: world.ids.bob, permissions: READ | CREATE }]
    const closed = { parent: { id: roomId }, name: 'secret', inherit: false }
    await createRoom(world.as('ann'), { ...closed, adminIds: [world.ids.ann] })
    await setRoomGrants(world.as('ann'), { room: { id: roomId }, grants })
    const clash = createFolder(world.as('bob'), { parent: { id: roomId }, name: 'Secret' })
    expect(await thrown(clash)).toMatchObject({ code: 'name-taken', data: {} })
  })

  test('folders are made along a path of the own root', async () => {
    const path = ['Room', 'x', 'y', 'z']
    const without = createFolder(world.as('ann'), { path })
    expect(await faultOf(without)).toBe('not-found node parent')
    const made = await createFolder(world.as('ann'), { path, createParents: true })
    expect(made.rootPath).toEqual(path)
    expect(made.node.boundaryId).toBe(roomId)
    const home = await createFolder(world.as('ann'), { path: ['in my home'] })
    expect(home.rootPath).toEqual(['in my home'])
    expect(await findNode(world.as('ann'), { node: { path: ['room', 'X', 'y'] } })).toMatchObject({
      node: { name: 'y' },
    })
    const through = { path: ['Room', 'file', 'below'], createParents: true }
    await world.addFile(roomId, 'file')
    expect(await faultOf(createFolder(world.as('ann'), through))).toBe('wrong-kind node parent')
  })

  test('changes facts, once', async () => {
    const { node } = await folderIn(roomId, 'facts')
    const before = (await world.events()).length
    const change = { notes: 'a note', classification: 3, clientModifiedAt: 5 }
    const view = await changeNode(world.as('ann'), { node: { id: node.id }, change })
    expect(view.node).toMatchObject(change)
    expect(await changeNode(world.as('ann'), { node: { id: node.id }, change })).toEqual(view)
    const [event, ...more] = (await world.events()).slice(before)
    expect(more).toEqual([])
    expect(event).toMatchObject({ type: 'node.changed', nodeId: node.id, roomId })
  })

  test('refuses what cannot be kept', async () => {
    const { node } = await folderIn(roomId, 'refusing')
    const changing = (change: object) =>
      changeNode(world.as('ann'), { node: { id: node.id }, change })
    expect(await thrown(changing({ notes: 'a\u0000' }))).toMatchObject({ code: 'invalid' })
    expect(await thrown(changing({ classification: 5 }))).toMatchObject({ code: 'invalid' })
    expect(await thrown(changing({ expireAt: 1 }))).toMatchObject({ data: { rule: 'past' } })
    expect(await faultOf(changing({ quota: 5 }))).toBe('wrong-kind node')
    expect(await faultOf(changing({ expireAt: 9e12 }))).toBe('wrong-kind node')
  })

  test('renames, and a room takes its mounts along unless they were renamed', async () => {
    const top = await createRoom(world.as('admin'), { name: 'Top', adminIds: [world.ids.ann] })
    const grants = [{ userId: world.ids.bob, permissions: READ }]
    await setRoomGrants(world.as('ann'), { room: { id: top.node.id }, grants })
    await changeNode(world.as('bob'), { node: { path: ['Top'] }, change: { name: 'My top' } })
    const renaming = { node: { id: top.node.id }, change: { name: 'Peak' } }
    expect((await changeNode(world.as('ann'), renaming)).rootPath).toEqual(['Peak'])
    const seen = await findNode(world.as('bob'), { node: { path: ['My top'] } })
    expect(seen).toMatchObject({ node: { id: top.node.id, name: 'Peak' }, rootPath: ['My top'] })
    expect(await faultOf(changeNode(world.as('bob'), renaming))).toBe('forbidden node')
  })

  test('only letter case may change', async () => {
    const { node } = await folderIn(roomId, 'case')
    const view = await changeNode(world.as('ann'), {
      node: { id: node.id },
      change: { name: 'CASE' },
    })
    expect(view.node.name).toBe('CASE')
  })

  test('homes keep their names and the room above is nobody\u2019s', async () => {
    const change = { name: 'palace' }
    const own = changeNode(world.as('ann'), { node: { path: [] }, change })
    expect(await faultOf(own)).toBe('forbidden node')
    const homes = changeNode(world.as('admin'), { node: { id: world.tenant.homesId }, change })
    expect(await faultOf(homes)).toBe('forbidden node')
  })

  test('an expired file is gone at once and its name is free', async () => {
    const ends = world.as('ann').now + 1000
    const id = await world.addFile(roomId, 'ends.txt', { expireAt: ends })
    expect((await findNode(world.as('ann'), { node: { id } })).node.expireAt).toBe(ends)
    world.setNow(ends)
    expect(await faultOf(findNode(world.as('ann'), { node: { id } }))).toBe('not-found node')
    const taken = await folderIn(roomId, 'ENDS.txt')
    expect(taken.node.name).toBe('ENDS.txt')
  })
})
