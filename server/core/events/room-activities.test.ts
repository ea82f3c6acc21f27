import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { changeNode } from '../nodes/change-node.ts'
import { createFolder } from '../nodes/create-folder.ts'
import { createRoom } from '../nodes/create-room.ts'
import { MANAGE_UPLOAD_LINKS, READ } from '../permissions/permission.ts'
import { setRoomGrants } from '../permissions/set-room-grants.ts'
import { type IdentityWorld, identityWorld } from '../suites/identity-world.suite.ts'
import { faultOf } from '../suites/node-world.suite.ts'
import { type RoomActivities, roomActivities } from './room-activities.ts'

describe.each(await testDatabases())('activities of a room on $kind', (databases) => {
  let world: IdentityWorld
  let roomId: number
  let folderId: number
  let ann: number
  let bob: number

  beforeAll(async () => {
    world = await identityWorld(databases)
    ann = await world.addUser('ann')
    bob = await world.addUser('bob')
    roomId = (await createRoom(world.asAdmin(), { name: 'Room', adminIds: [ann] })).node.id
    await give(READ)
    const ctx = { ...world.as(ann), client: { address: '192.0.2.7', userAgent: 'Agent' } }
    const parent = { id: roomId }
    folderId = (await createFolder(ctx, { parent, name: 'one' })).node.id
    world.advance(10)
    await createFolder(world.as(ann), { parent, name: 'two' })
    const other = { parent: { id: roomId }, name: 'Inner', adminIds: [ann], inherit: false }
    await createRoom(world.as(ann), other)
  })

  afterAll(() => world.stop())

  const give = (permissions: number) =>
    setRoomGrants(world.as(ann), { room: { id: roomId }, grants: [{ userId: bob, permissions }] })
  const list = (userId: number, more: Partial<RoomActivities> = {}) =>
    roomActivities(world.as(userId), {
      room: { id: roomId },
      page: { offset: 0, limit: 50 },
      ...more,
    })

  test('members read what happened in it, newest first, by type, person and time', async () => {
    const types = ['folder.created'] as const
    const { items, total } = await list(bob, { types })
    expect(total).toBe(2)
    expect(items.map(({ nodeName }) => nodeName)).toEqual(['two', 'one'])
    expect(items[0]?.actor).toMatchObject({ userName: 'ann', kind: 'internal' })
    const oldest = await list(bob, { types, descending: false, page: { offset: 1, limit: 1 } })
    expect(oldest.items.map(({ nodeName }) => nodeName)).toEqual(['two'])
    expect((await list(bob, { types, to: world.now() - 1 })).total).toBe(1)
    expect((await list(bob, { types, from: world.now() })).total).toBe(1)
    expect((await list(bob, { types, userId: bob })).total).toBe(0)
    expect((await list(bob)).items.some(({ nodeName }) => nodeName === 'Inner')).toBe(false)
  })

  test('where somebody was is for those who manage the room', async () => {
    const oldest = { types: ['folder.created'], descending: false } as const
    expect((await list(ann, oldest)).items[0]).toMatchObject({
      address: '192.0.2.7',
      userAgent: 'Agent',
    })
    expect((await list(bob, oldest)).items[0]).toMatchObject({ address: '', userAgent: '' })
  })

  test('it takes a room, the right to read it, and a room that shows them', async () => {
    expect(await faultOf(list(bob, { room: { id: folderId } }))).toBe('wrong-kind node room')
    const keeper = { room: { id: roomId }, page: { offset: 0, limit: 1 } }
    expect(await faultOf(roomActivities(world.asAdmin(), keeper))).toBe('forbidden node room')
    const { node } = await createRoom(world.asAdmin(), { name: 'Else' })
    expect(await faultOf(list(bob, { room: { id: node.id } }))).toBe('not-found node room')
    await give(MANAGE_UPLOAD_LINKS)
    expect(await faultOf(list(bob))).toBe('forbidden node room')
    await give(READ)
    expect(await faultOf(list(bob, { page: { offset: -1, limit: 1 } }))).toBe('invalid body')
    await changeNode(world.as(ann), { node: { id: roomId }, change: { hasActivities: false } })
    expect(await faultOf(list(bob))).toBe('forbidden node room')
  })
})
