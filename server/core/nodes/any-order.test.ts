import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { checkEverything } from '../check/check-everything.ts'
import { isFault } from '../fault.ts'
import { READ } from '../permissions/permission.ts'
import { writeGrants } from '../permissions/set-room-grants.ts'
import { endShare } from '../shares/end-share.ts'
import { startShare } from '../shares/start-share.ts'
import { type NodeWorld, nodeWorld } from '../suites/node-world.suite.ts'
import { changeNode } from './change-node.ts'
import { checkTallies } from './check-tallies.suite.ts'
import { copyNodes } from './copy-nodes.ts'
import { createFolder } from './create-folder.ts'
import { createRoom } from './create-room.ts'
import { deleteNodes } from './delete-nodes.ts'
import { moveNodes } from './move-nodes.ts'
import type { OnClash } from './node.ts'

const acts = [
  ...['folder', 'file', 'room', 'rename', 'move', 'copy', 'delete', 'bin', 'share', 'end'],
] as const

const step = fc.record({
  act: fc.constantFrom(...acts),
  node: fc.nat(30),
  target: fc.nat(30),
  name: fc.constantFrom('a', 'B', 'c.txt', 'C.TXT', '\u00E9', 'e\u0301'),
  onClash: fc.constantFrom<OnClash>('fail', 'rename', 'overwrite'),
})

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const [sqlite] = (await testDatabases()).filter(({ kind }) => kind === 'sqlite')

describe('whatever is done in whatever order', () => {
  let world: NodeWorld
  let round = 0

  beforeAll(async () => {
    world = await nodeWorld(sqlite!)
  })
  afterAll(() => world.stop())

  test('counters and boundaries are those of the tree', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
        round += 1
        const admin = { adminIds: [world.ids.ann] }
        const room = await createRoom(world.as('admin'), { name: `Room ${round}`, ...admin })
        for (const each of steps) await take(world, room.node.id, each)
        await checkTallies(world, room.node.id)
        await checkAccess(world)
      }),
      { numRuns: 40 },
    )
  }, 60_000)
})

/** One step on nodes picked among those that are there; a fault is a fine answer. */
async function take(world: NodeWorld, roomId: number, wish: Step): Promise<void> {
  const rows = await world.asSystem().read((tx) => tx.nodes.subtree(roomId))
  // The room itself may have been deleted.
  if (rows.length === 0) return
  const pick = (n: number) => ({ id: rows[n % rows.length]!.id })
  const [node, target] = [pick(wish.node), pick(wish.target)]
  const isLeaf = rows.find(({ id }) => id === target.id)?.kind === 'file'
  if (wish.act === 'file' && isLeaf) return
  try {
    await act(world, node, target, wish)
  } catch (error) {
    if (!isFault(error)) throw error
  }
}

async function act(world: NodeWorld, node: { id: number }, target: { id: number }, wish: Step) {
  const ctx = world.as('ann')
  const { name, onClash } = wish
  const items = [{ node, name }]
  if (wish.act === 'folder') return createFolder(ctx, { parent: target, name, onClash })
  if (wish.act === 'room') return createRoom(ctx, { parent: target, name, onClash })
  if (wish.act === 'file') return world.addFile(target.id, name, { size: wish.node })
  if (wish.act === 'rename') return changeNode(ctx, { node, change: { name }, onClash })
  if (wish.act === 'move') return moveNodes(ctx, { items, target, onClash, mode: 'all' })
  if (wish.act === 'copy') return copyNodes(ctx, { items, target, onClash, mode: 'all' })
  if (wish.act === 'share') return share(world, node)
  if (wish.act === 'end') return end(world, node)
  return deleteNodes(ctx, { nodes: [node], mode: 'all', trashOnly: wish.act === 'bin' })
}

/** Shares a folder and lets bob in; others know nothing of the folder around it. */
async function share(world: NodeWorld, { id }: { id: number }): Promise<void> {
  const ctx = world.as('ann')
  await ctx.write(async (tx) => {
    await tx.nodes.lockTree()
    const folder = await tx.nodes.find(id)
    if (folder?.kind !== 'folder') return
    const room = await startShare(ctx, tx, folder)
    await writeGrants(ctx, tx, room, [{ userId: world.ids.bob, permissions: READ }])
  })
}

async function end(world: NodeWorld, { id }: { id: number }): Promise<void> {
  const ctx = world.as('ann')
  await ctx.write(async (tx) => {
    await tx.nodes.lockTree()
    const room = await tx.nodes.find(id)
    if (room?.room && room.room.outerId !== null) await endShare(ctx, tx, room)
  })
}

/** Nothing hangs loose: governing rooms, access rows, and mounts where there is access. */
async function checkAccess(world: NodeWorld): Promise<void> {
  const findings = await checkEverything(world.app)
  expect(findings).toEqual([])
  const bob = { id: world.ids.bob }
  await world.asSystem().read(async (tx) => {
    const home = (await tx.nodes.homesOf([bob.id])).get(bob.id)
    const mounted = (await tx.nodes.mountsOf(home!.id)).map(({ targetId }) => targetId)
    const alone = await tx.access.aloneFor(bob.id, 0)
    const tops = await tx.access.topRoomsOf(bob.id, 0)
    const homes = world.tenant.homesId
    const wanted = [...alone, ...tops].filter((id) => id !== homes)
    expect(mounted.sort()).toEqual(wanted.sort())
  })
}
