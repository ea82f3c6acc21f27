import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { contextFor } from '../ctx.ts'
import { createFolder } from '../nodes/create-folder.ts'
import { createRoom } from '../nodes/create-room.ts'
import { findNode } from '../nodes/find-node.ts'
import { ALL, CREATE, DELETE, MANAGE, READ } from '../permissions/permission.ts'
import { setRoomGrants } from '../permissions/set-room-grants.ts'
import { type IdentityWorld, identityWorld } from '../suites/identity-world.suite.ts'
import { faultOf, thrown } from '../suites/node-world.suite.ts'
import { authenticateExport } from './authenticate-export.ts'
import { type CreateExport, createExport } from './create-export.ts'
import { listExports } from './list-exports.ts'
import { revokeExport } from './revoke-export.ts'

describe.each(await testDatabases())('export tokens on $kind', (databases) => {
  let world: IdentityWorld
  let roomId: number
  let folderId: number
  let ann: number
  let bob: number

  beforeAll(async () => {
    world = await identityWorld(databases)
    ann = await world.addUser('ann')
    bob = await world.addUser('bob')
    const room = { name: 'Room', adminIds: [world.adminId, ann] }
    roomId = (await createRoom(world.asAdmin(), room)).node.id
    await give(bob, READ | CREATE)
    const parent = { id: roomId }
    folderId = (await createFolder(world.as(ann), { parent, name: 'folder' })).node.id
  })

  afterAll(() => world.stop())

  const give = (userId: number, permissions: number) =>
    setRoomGrants(world.asAdmin(), { room: { id: roomId }, grants: [{ userId, permissions }] })
  const make = (more: Partial<CreateExport> = {}, userId = ann) =>
    createExport(world.as(userId), {
      node: { id: folderId },
      permissions: READ,
      ttlSeconds: 60,
      ...more,
    })
  const actorOf = (token: string, tenant = world.tenant) =>
    authenticateExport(world.app, tenant, token)
  const see = async (token: string, id: number) => {
    const actor = await actorOf(token)
    if (!actor) throw new Error('the token is not known')
    const ctx = contextFor(world.app, world.tenant, actor, 'test')
    return findNode(ctx, { node: { id } })
  }

  test('a token opens its subtree with what was given, and nothing else', async () => {
    const { token, export: made } = await make({ permissions: READ | CREATE, label: 'Copy' })
    expect(token).toMatch(/^[0-9a-f]{32}$/)
    expect(await actorOf(token)).toEqual({
      kind: 'export',
      exportId: made.id,
      nodeId: folderId,
      permissions: READ | CREATE,
    })
    expect((await see(token, folderId)).permissions).toBe(READ | CREATE)
    expect(await faultOf(see(token, roomId))).toBe('not-found node')
    for (const unknown of ['', `${token}0`, 'x'.repeat(9999)]) {
      expect(await actorOf(unknown)).toBeUndefined()
    }
    const other = await world.addTenant('Other')
    expect(await actorOf(token, other.tenant)).toBeUndefined()
    expect(await actorOf(token, { ...world.tenant, isLocked: true })).toBeUndefined()
  })

  test('nobody gives what he does not hold', async () => {
    expect(await faultOf(make({}, bob))).toBe('forbidden node target')
    expect(await faultOf(make({ node: { id: 999_999 } }))).toBe('not-found node target')
    const cases: [Partial<CreateExport>, string][] = [
      [{ permissions: 0 }, 'permissions'],
      [{ permissions: 1024 }, 'permissions'],
      [{ permissions: -1 }, 'permissions'],
      [{ ttlSeconds: 0 }, 'ttlSeconds'],
      [{ ttlSeconds: 1e12 }, 'ttlSeconds'],
      [{ label: 'a\u0000' }, 'label'],
    ]
    for (const [input, field] of cases) {
      const fault = await thrown(make(input))
      expect([fault.code, fault.subject, fault.data.field]).toEqual(['invalid', 'export', field])
    }
    expect((await make({ permissions: MANAGE })).export.permissions).toBe(ALL)
  })

  test('a token never holds more than its maker now', async () => {
    await give(bob, ALL)
    const { token } = await make({ permissions: READ | DELETE, ttlSeconds: null }, bob)
    expect((await see(token, folderId)).permissions).toBe(READ | DELETE)
    const actor = (await actorOf(token))!
    await give(bob, READ)
    expect(await actorOf(token)).toBeUndefined()
    const ctx = contextFor(world.app, world.tenant, actor, 'test')
    expect((await findNode(ctx, { node: { id: folderId } })).permissions).toBe(READ)
    await give(bob, ALL)
    expect(await actorOf(token)).toBeDefined()
    const update = (change: object) => world.asAdmin().write((tx) => tx.users.update(bob, change))
    await update({ isLocked: true })
    expect(await actorOf(token)).toBeUndefined()
    await update({ isLocked: false, expireAt: world.now() })
    expect(await actorOf(token)).toBeUndefined()
    await update({ expireAt: null })
    expect(await actorOf(token)).toBeDefined()
  })

  test('tokens end in time and by hand, and are listed until then', async () => {
    const { token, export: made } = await make({ ttlSeconds: 60 })
    const mine = await listExports(world.as(ann))
    expect(mine.find((each) => each.export.id === made.id)?.token).toBe(token)
    const ofNode = await listExports(world.asAdmin(), { node: { id: folderId } })
    expect(ofNode.find((each) => each.export.id === made.id)).toMatchObject({ token: null })
    await give(bob, READ)
    expect(await faultOf(listExports(world.as(bob), { node: { id: folderId } }))).toBe(
      'forbidden node target',
    )
    world.advance(61)
    expect(await actorOf(token)).toBeUndefined()
    expect((await listExports(world.as(ann))).map((each) => each.export.id)).not.toContain(made.id)
    const second = await make({ ttlSeconds: null })
    for (const input of [{ id: second.export.id }, { token: second.token }]) {
      expect(await faultOf(revokeExport(world.as(bob), input))).toBe('not-found export')
    }
    expect((await revokeExport(world.asAdmin(), { id: second.export.id })).id).toBe(
      second.export.id,
    )
    expect(await actorOf(second.token)).toBeUndefined()
    expect(await faultOf(revokeExport(world.as(ann), { token: second.token }))).toBe(
      'not-found export',
    )
    const types = (await world.events()).map(({ type }) => type)
    expect(types.filter((type) => type === 'export.revoked')).toHaveLength(1)
  })
})
