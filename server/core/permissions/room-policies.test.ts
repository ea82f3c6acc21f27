import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { createFolder } from '../nodes/create-folder.ts'
import { createRoom } from '../nodes/create-room.ts'
import { findNode } from '../nodes/find-node.ts'
import { faultOf, type NodeWorld, nodeWorld } from '../suites/node-world.suite.ts'
import { storeFile } from '../uploads/store-file.ts'
import { READ } from './permission.ts'
import { roomPolicies, setRoomPolicies } from './room-policies.ts'
import { setRoomGrants } from './set-room-grants.ts'

describe.each(await testDatabases())('policies of rooms on $kind', (databases) => {
  let world: NodeWorld
  let room: { id: number }
  let folder: { id: number }
  let inner: { id: number }

  beforeAll(async () => {
    world = await nodeWorld(databases)
    const admin = world.as('admin')
    room = { id: (await createRoom(admin, { name: 'Room' })).node.id }
    folder = { id: (await createFolder(admin, { parent: room, name: 'folder' })).node.id }
    inner = { id: (await createRoom(admin, { parent: room, name: 'inner' })).node.id }
  })
  afterAll(() => world.stop())

  const file = async (parent: { id: number }, name: string, expireAt?: number) => {
    const source = Readable.from([Buffer.from('bytes')])
    const onClash = 'overwrite' as const
    const made = await storeFile(world.as('admin'), { parent, name, source, onClash, expireAt })
    return made.node.id
  }
  const endOf = async (id: number) =>
    (await findNode(world.as('admin'), { node: { id } })).node.expireAt
  const set = (fileSeconds: number | null) =>
    setRoomPolicies(world.as('admin'), { room, fileSeconds })

  test('files that are there, and those that come, end so long after they came in', async () => {
    const old = await file(folder, 'old')
    const beside = await file(inner, 'beside')
    const { now } = world.as('admin')
    world.setNow(now + 5000)
    await set(60)
    expect(await roomPolicies(world.as('admin'), { room })).toEqual({ fileSeconds: 60 })
    expect([await endOf(old), await endOf(beside)]).toEqual([now + 60_000, null])
    const later = await file(folder, 'later')
    expect(await endOf(later)).toBe(now + 65_000)
    expect(await endOf(await file(folder, 'asked', now + 9000))).toBe(now + 9000)
    expect(await endOf(await file(folder, 'too late', now + 1e9))).toBe(now + 65_000)
    world.setNow(now + 6000)
    await file(folder, 'old')
    expect(await endOf(old)).toBe(now + 66_000)
    await set(null)
    expect([await endOf(old), await endOf(later)]).toEqual([null, null])
    expect(await endOf(await file(folder, 'free'))).toBeNull()
  })

  test('who reads may see them, who governs may set them', async () => {
    const grants = [{ userId: world.ids.bob, permissions: READ }]
    await setRoomGrants(world.as('admin'), { room, grants })
    expect(await roomPolicies(world.as('bob'), { room })).toEqual({ fileSeconds: null })
    const setting = setRoomPolicies(world.as('bob'), { room, fileSeconds: 5 })
    expect(await faultOf(setting)).toBe('forbidden node room')
    expect(await faultOf(roomPolicies(world.as('ann'), { room }))).toBe('not-found node room')
    expect(await faultOf(set(0))).toBe('invalid node')
    expect(await faultOf(set(2 ** 31))).toBe('invalid node')
    const folders = roomPolicies(world.as('admin'), { room: folder })
    expect(await faultOf(folders)).toBe('wrong-kind node room')
  })
})
