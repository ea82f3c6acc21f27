import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { type NodeWorld, nodeWorld, thrown } from '../suites/node-world.suite.ts'
import { copyNodes } from './copy-nodes.ts'
import { createFolder } from './create-folder.ts'
import { createRoom } from './create-room.ts'
import { moveNodes } from './move-nodes.ts'

const limit = 5

/** A room (1), folders down to the last that has a name left for a file, and a small tree. */
describe.each(await testDatabases())('depth on $kind', (databases) => {
  let world: NodeWorld
  let room: number
  let deepest: number
  let tree: number
  beforeAll(async () => {
    world = await nodeWorld(databases)
    const admin = { adminIds: [world.ids.ann] }
    room = (await createRoom(world.as('admin'), { name: 'Depth', ...admin })).node.id
    deepest = room
    for (let names = 1; names < limit - 1; names++) deepest = await folder(deepest, 'f')
    tree = await folder(room, 'tree')
    await folder(tree, 'below')
  })
  afterAll(() => world.stop())

  const ctx = () => {
    const whole = world.as('ann')
    return { ...whole, limits: { ...whole.limits, pathDepth: limit } }
  }
  const folder = async (parent: number, name: string) =>
    (await createFolder(ctx(), { parent: { id: parent }, name })).node.id
  const tooDeep = { code: 'invalid', subject: 'node', data: { rule: 'depth', limit } }

  test('a folder by its parent, and by a path that makes its parents', async () => {
    const refused = await thrown(folder(deepest, 'more'))
    expect(refused).toMatchObject(tooDeep)
    const path = ['f', 'g', 'h', 'i']
    const wish = { path, from: room, createParents: true }
    expect(await thrown(createFolder(ctx(), wish))).toMatchObject(tooDeep)
    const kept = { path: path.slice(0, 3), from: room, createParents: true }
    await createFolder(ctx(), kept)
  })

  test('a tree that is moved or copied counts with what is below it', async () => {
    const to = await folder(await folder(room, 'one'), 'two')
    const input = (target: number) => ({
      items: [{ node: { id: tree } }],
      target: { id: target },
      onClash: 'fail' as const,
      mode: 'all' as const,
    })
    expect(await thrown(moveNodes(ctx(), input(to)))).toMatchObject(tooDeep)
    expect(await thrown(copyNodes(ctx(), input(to)))).toMatchObject(tooDeep)
    const flat = await folder(room, 'flat')
    expect((await copyNodes(ctx(), input(flat))).outcomes).toHaveLength(1)
    expect((await moveNodes(ctx(), input(await folder(room, 'flat 2')))).outcomes).toHaveLength(1)
  })
})
