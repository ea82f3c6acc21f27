import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { createRoom } from '../nodes/create-room.ts'
import { findNode } from '../nodes/find-node.ts'
import { faultOf, type NodeWorld, nodeWorld, thrown } from '../suites/node-world.suite.ts'
import { ALL, CREATE, MANAGE, READ } from './permission.ts'
import { removeRoomGrants } from './remove-room-grants.ts'
import { type GrantFilter, roomGrants } from './room-grants.ts'
import { setRoomGrants } from './set-room-grants.ts'

describe.each(await testDatabases())('grants on $kind', (databases) => {
  let world: NodeWorld
  let room: number
  let below: number
  let ann: number
  let bob: number

  beforeAll(async () => {
    world = await nodeWorld(databases)
    ann = world.ids.ann
    bob = world.ids.bob
    room = (await createRoom(world.as('admin'), { name: 'Room', adminIds: [ann] })).node.id
    below = (await createRoom(world.as('ann'), { parent: { id: room }, name: 'Below' })).node.id
  })

  afterAll(() => world.stop())

  const grant = (roomId: number, userId: number, permissions: number, expireAt?: number) =>
    setRoomGrants(world.as('ann'), {
      room: { id: roomId },
      grants: [{ userId, permissions, expireAt }],
    })

  const held = async (id: number) => (await findNode(world.as('bob'), { node: { id } })).permissions

  test('a grant holds below, and is a union with what was given there', async () => {
    await grant(room, bob, READ)
    await grant(below, bob, CREATE)
    expect([await held(room), await held(below)]).toEqual([READ, READ | CREATE])
    const rows = await world.as('bob').read((tx) => tx.access.explain([below], bob))
    expect(rows.map(({ viaId, permissions }) => [viaId, permissions]).sort()).toEqual(
      [
        [room, READ],
        [below, CREATE],
      ].sort(),
    )
    await grant(room, bob, 0)
    expect([await held(room), await held(below)]).toEqual([0, CREATE])
  })

  test('managing brings everything, an end takes it away', async () => {
    const ends = world.as('ann').now + 1000
    await grant(room, bob, MANAGE, ends)
    expect(await held(room)).toBe(ALL)
    world.setNow(ends)
    expect(await held(room)).toBe(0)
    await grant(room, bob, 0)
  })

  test('the last lasting administrator stays', async () => {
    expect(await faultOf(grant(room, ann, READ))).toBe('last-admin node room')
    const removal = { room: { id: room }, userIds: [ann] }
    expect(await faultOf(removeRoomGrants(world.as('ann'), removal))).toBe('last-admin node room')
    const ends = world.as('ann').now + 1000
    expect(await faultOf(grant(room, ann, MANAGE, ends))).toBe('last-admin node room')
    await grant(room, bob, MANAGE)
    await removeRoomGrants(world.as('ann'), removal)
    expect(await faultOf(findNode(world.as('ann'), { node: { id: room } }))).toBe('not-found node')
    const back = { room: { id: room }, grants: [{ userId: ann, permissions: MANAGE }] }
    await setRoomGrants(world.as('bob'), back)
    await grant(room, bob, READ)
  })

  test('says what is wrong', async () => {
    expect(await thrown(grant(room, 987_654, READ))).toMatchObject({
      code: 'not-found',
      subject: 'user',
      data: { user: 987_654 },
    })
    expect(await faultOf(grant(room, bob, 4096))).toBe('invalid grant')
    expect(await faultOf(grant(room, bob, 1.5))).toBe('invalid grant')
    expect(await faultOf(grant(room, bob, READ, 1))).toBe('invalid grant')
    const asBob = setRoomGrants(world.as('bob'), { room: { id: room }, grants: [] })
    expect(await faultOf(asBob)).toBe('forbidden node room')
  })

  test('a home is shared, never given away', async () => {
    const home = { path: [] }
    const giving = (permissions: number) =>
      setRoomGrants(world.as('ann'), { room: home, grants: [{ userId: bob, permissions }] })
    expect(await faultOf(giving(MANAGE))).toBe('invalid grant')
    await giving(READ)
    const { node } = await findNode(world.as('ann'), { node: home })
    expect(await findNode(world.as('bob'), { node: { id: node.id } })).toMatchObject({
      permissions: READ,
      rootPath: ['ann'],
    })
  })

  const listed = async (filter: GrantFilter, who: 'ann' | 'bob' = 'ann') => {
    const page = { offset: 0, limit: 10 }
    const { items, total } = await roomGrants(world.as(who), { room: { id: below }, filter, page })
    expect(total).toBe(items.length)
    return items.map((item) => [item.person.userName, item.permissions, item.isInherited])
  }

  test('lists who holds what', async () => {
    expect(await listed({})).toEqual([['bob', CREATE, false]])
    expect(await listed({ effective: true })).toEqual([
      ['ann', ALL, true],
      ['bob', READ | CREATE, false],
    ])
    expect(await listed({ isGranted: false })).toEqual([
      ['admin', 0, false],
      ['ann', 0, false],
    ])
    expect((await listed({ isGranted: 'any', effective: 'any' })).length).toBe(3)
    expect(await listed({ effective: true, permissionsManage: true })).toEqual([['ann', ALL, true]])
    expect(await listed({ isGranted: 'any', permissionsManage: false, effective: true })).toEqual([
      ['admin', 0, false],
      ['bob', READ | CREATE, false],
    ])
    expect(await listed({ isGranted: 'any', nameContains: 'ANN' })).toEqual([['ann', 0, false]])
    expect(await listed({ effective: true, userId: ann })).toEqual([['ann', ALL, true]])
    expect(await listed({ effective: true }, 'bob')).toHaveLength(2)
    expect(await faultOf(listed({ isGranted: 'any' }, 'bob'))).toBe('forbidden node room')
  })
})
