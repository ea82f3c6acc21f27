import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { type Ctx, contextFor } from '../ctx.ts'
import { createFolder } from '../nodes/create-folder.ts'
import { createRoom } from '../nodes/create-room.ts'
import { findNode } from '../nodes/find-node.ts'
import { listChildren } from '../nodes/list-children.ts'
import { nodeParents } from '../nodes/node-parents.ts'
import { faultOf, type NodeWorld, nodeWorld } from '../suites/node-world.suite.ts'
import { CREATE, READ } from './permission.ts'
import { setRoomGrants } from './set-room-grants.ts'

describe.each(await testDatabases())('the holder of an export on $kind', (databases) => {
  let world: NodeWorld
  let room: number
  let shared: number
  let beside: number
  let exportId: number

  beforeAll(async () => {
    world = await nodeWorld(databases)
    const { ann, bob } = world.ids
    room = (await createRoom(world.as('admin'), { name: 'Room', adminIds: [ann] })).node.id
    const grants = [{ userId: bob, permissions: READ }]
    await setRoomGrants(world.as('ann'), { room: { id: room }, grants })
    const folder = async (name: string) =>
      (await createFolder(world.as('ann'), { parent: { id: room }, name })).node.id
    shared = await folder('shared')
    beside = await folder('beside')
    await createFolder(world.as('ann'), { parent: { id: shared }, name: 'inside' })
    exportId = await world.asSystem().write(async (tx) => {
      const id = await tx.exports.takeId()
      const made = { createdAt: 1, createdBy: bob, expireAt: null, label: '', sealedToken: '' }
      const token = { id, nodeId: shared, permissions: READ | CREATE, ...made }
      await tx.exports.insert(token, 'digest')
      return id
    })
  })

  afterAll(() => world.stop())

  const holder = (): Ctx => {
    const actor = { kind: 'export' as const, exportId, nodeId: shared, permissions: READ | CREATE }
    return contextFor(world.app, world.tenant, actor, 'test')
  }

  test('sees its node and below, and nothing above or beside', async () => {
    const view = await findNode(holder(), { node: { path: ['inside'] } })
    expect(view.ancestors.map(({ id }) => id)).toEqual([shared])
    expect(await nodeParents(holder(), { node: { id: shared } })).toEqual([])
    const page = { offset: 0, limit: 10 }
    const listing = await listChildren(holder(), { parent: { path: [] }, page })
    expect(listing.items.map(({ node }) => node.name)).toEqual(['inside'])
    for (const id of [room, beside, world.tenant.homesId]) {
      expect(await faultOf(findNode(holder(), { node: { id } }))).toBe('not-found node')
    }
    const top = listChildren(holder(), { parent: null, page })
    expect(await faultOf(top)).toBe('not-found node parent')
  })

  test('holds no more than its maker does now', async () => {
    const making = () => createFolder(holder(), { path: ['new'] })
    expect((await findNode(holder(), { node: { id: shared } })).permissions).toBe(READ)
    expect(await faultOf(making())).toBe('forbidden node parent')
    const set = (permissions: number) =>
      setRoomGrants(world.as('ann'), {
        room: { id: room },
        grants: [{ userId: world.ids.bob, permissions }],
      })
    await set(READ | CREATE)
    expect((await making()).createdBy.kind).toBe('external')
    await set(0)
    expect(await faultOf(findNode(holder(), { node: { id: shared } }))).toBe('not-found node')
    await set(READ)
    await world.asSystem().write((tx) => tx.users.update(world.ids.bob, { isLocked: true }))
    const locked = findNode(holder(), { node: { id: shared } })
    expect(await faultOf(locked)).toBe('unauthenticated session')
  })

  test('nobody in particular sees nothing', async () => {
    const anonymous = contextFor(world.app, world.tenant, { kind: 'anonymous' }, 'test')
    const looking = findNode(anonymous, { node: { id: room } })
    expect(await faultOf(looking)).toBe('unauthenticated session')
  })
})
