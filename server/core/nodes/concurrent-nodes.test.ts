import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { isFault } from '../fault.ts'
import { ALL, READ } from '../permissions/permission.ts'
import { removeRoomGrants } from '../permissions/remove-room-grants.ts'
import { setRoomGrants } from '../permissions/set-room-grants.ts'
import { type NodeWorld, nodeWorld } from '../suites/node-world.suite.ts'
import { checkTallies } from './check-tallies.suite.ts'
import { copyNodes } from './copy-nodes.ts'
import { createFolder } from './create-folder.ts'
import { createRoom } from './create-room.ts'
import { deleteNodes } from './delete-nodes.ts'
import { moveNodes } from './move-nodes.ts'

const rounds = 8

/** Fulfilled or the code of the fault; anything that is no fault of ours is thrown. */
async function endOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'done'
  } catch (error) {
    if (isFault(error)) return error.code
    throw error
  }
}

describe.each(await testDatabases())('at the same time on $kind', (databases) => {
  let world: NodeWorld
  let room: number

  beforeAll(async () => {
    world = await nodeWorld(databases)
    const made = await createRoom(world.as('admin'), { name: 'Room', adminIds: [world.ids.ann] })
    room = made.node.id
  })

  afterAll(async () => {
    await checkTallies(world, room)
    await world.stop()
  })

  const folder = async (parent: number, name: string) =>
    (await createFolder(world.as('ann'), { parent: { id: parent }, name, onClash: 'rename' })).node
      .id

  const move = (id: number, target: number) =>
    moveNodes(world.as('ann'), {
      items: [{ node: { id } }],
      target: { id: target },
      onClash: 'rename',
      mode: 'all',
    })

  test('two folders moved into each other make no cycle', async () => {
    for (let round = 0; round < rounds; round++) {
      const [a, b] = [await folder(room, 'a'), await folder(room, 'b')]
      const [deepA, deepB] = [await folder(a, 'x'), await folder(b, 'y')]
      const ends = await Promise.all([endOf(move(a, deepB)), endOf(move(b, deepA))])
      expect(ends.toSorted()).toEqual(['cycle', 'done'])
      await checkTallies(world, room)
    }
  })

  test('nothing stays alive below what was deleted', async () => {
    for (let round = 0; round < rounds; round++) {
      const top = await folder(room, 'top')
      const deep = await folder(top, 'deep')
      const making = Array.from({ length: 4 }, () => endOf(folder(deep, 'new')))
      const gone = deleteNodes(world.as('ann'), { nodes: [{ id: top }], mode: 'all' })
      const ends = await Promise.all([...making, endOf(gone)])
      expect(ends.pop()).toBe('done')
      expect(ends.filter((end) => end !== 'done' && end !== 'not-found')).toEqual([])
      const live = await world.asSystem().read((tx) =>
        tx.nodes.children(
          {
            parentId: deep,
            filter: {},
            sort: { by: 'name', descending: false },
            visibleTo: null,
            now: 0,
          },
          { skip: 0, limit: 10 },
        ),
      )
      expect(live).toEqual([])
      await checkTallies(world, room)
    }
  })

  test('counters stay right while a folder moves under what happens in it', async () => {
    const places = [await folder(room, 'left'), await folder(room, 'right')]
    const wandering = await folder(places[0]!, 'wandering')
    const deep = await folder(wandering, 'deep')
    let made: number[] = []
    for (let round = 0; round < rounds; round++) {
      const making = Array.from({ length: 4 }, (_, n) =>
        world.addFile(deep, `f ${round} ${n}`, { size: 3 }),
      )
      const leaving = made.map((id, n) =>
        n % 2 === 0
          ? deleteNodes(world.as('ann'), { nodes: [{ id }], mode: 'all' })
          : move(id, room),
      )
      const wanders = move(wandering, places[(round + 1) % 2]!)
      await Promise.all([...leaving, wanders])
      made = await Promise.all(making)
      await checkTallies(world, room)
    }
  })

  test('one file, moved and deleted and copied at once', async () => {
    const places = [await folder(room, 'one'), await folder(room, 'two')]
    for (let round = 0; round < rounds; round++) {
      const file = await world.addFile(room, `file ${round}`)
      const copy = copyNodes(world.as('ann'), {
        items: [{ node: { id: file } }],
        target: { id: places[0]! },
        onClash: 'rename',
        mode: 'all',
      })
      const ends = await Promise.all([
        ...places.map((place) => endOf(move(file, place))),
        endOf(copy),
        endOf(deleteNodes(world.as('ann'), { nodes: [{ id: file }], mode: 'all' })),
      ])
      expect(ends.filter((end) => end !== 'done' && end !== 'not-found')).toEqual([])
      await checkTallies(world, room)
    }
  })

  test('many of one name get a number each', async () => {
    const place = await folder(room, 'numbers')
    await Promise.all(Array.from({ length: 20 }, () => folder(place, 'n')))
    const rows = await world.asSystem().read((tx) => tx.nodes.subtree(place))
    const names = rows.slice(1).map((row) => row.name)
    expect(new Set(names).size).toBe(20)
  })

  test('two administrators cannot leave at once', async () => {
    for (let round = 0; round < rounds; round++) {
      const adminIds = [world.ids.ann, world.ids.bob]
      const made = await createRoom(world.as('admin'), { name: `pair ${round}`, adminIds })
      const leave = (who: 'ann' | 'bob') =>
        removeRoomGrants(world.as(who), {
          room: { id: made.node.id },
          userIds: [world.ids[who]],
        })
      const ends = await Promise.all([endOf(leave('ann')), endOf(leave('bob'))])
      expect(ends.toSorted()).toEqual(['done', 'last-admin'])
    }
  })

  test('a room made while grants change inherits them', async () => {
    const ann = world.as('ann')
    for (let round = 0; round < rounds; round++) {
      const permissions = round % 2 === 0 ? ALL : READ
      const grants = [{ userId: world.ids.bob, permissions }]
      const [made] = await Promise.all([
        createRoom(ann, { parent: { id: room }, name: `heir ${round}` }),
        setRoomGrants(ann, { room: { id: room }, grants }),
      ])
      const held = await ann.read((tx) => tx.access.of(made.node.id, world.ids.bob, ann.now))
      expect(held).toBe(permissions)
    }
  })
})
