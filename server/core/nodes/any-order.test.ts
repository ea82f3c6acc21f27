import fc from 'fast-check'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { isFault } from '../fault.ts'
import { type NodeWorld, nodeWorld } from '../suites/node-world.suite.ts'
import { changeNode } from './change-node.ts'
import { checkTallies } from './check-tallies.suite.ts'
import { copyNodes } from './copy-nodes.ts'
import { createFolder } from './create-folder.ts'
import { createRoom } from './create-room.ts'
import { deleteNodes } from './delete-nodes.ts'
import { moveNodes } from './move-nodes.ts'
import type { OnClash } from './node.ts'

const acts = ['folder', 'file', 'room', 'rename', 'move', 'copy', 'delete'] as const

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
  return deleteNodes(ctx, { nodes: [node], mode: 'all' })
}
