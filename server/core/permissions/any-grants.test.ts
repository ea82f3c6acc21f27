import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { isFault } from '../fault.ts'
import { changeGroup } from '../groups/change-group.ts'
import { createGroup } from '../groups/create-group.ts'
import { decideAdmissions } from '../groups/decide-admissions.ts'
import { addGroupMembers, removeGroupMembers } from '../groups/group-members.ts'
import { removeGroup } from '../groups/remove-group.ts'
import { createRoom } from '../nodes/create-room.ts'
import { deleteNodes } from '../nodes/delete-nodes.ts'
import type { Tx } from '../store.ts'
import { type NodeWorld, nodeWorld } from '../suites/node-world.suite.ts'
import { createUser } from '../users/create-user.ts'
import type { Access } from './access-store.ts'
import { configureRoom } from './configure-room.ts'
import { ALL, expand, MANAGE, READ } from './permission.ts'
import { removeRoomGrants } from './remove-room-grants.ts'
import { setRoomGrants } from './set-room-grants.ts'

/** A small generator, so that a run can be repeated by its seed. */
function dice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const steps = 150

describe.each(await testDatabases())('any sequence of changes on $kind', (databases) => {
  let world: NodeWorld
  beforeAll(async () => {
    world = await nodeWorld(databases)
  })
  afterAll(() => world.stop())

  test.each([1, 2])('access is what grants and memberships come to (seed %i)', async (seed) => {
    const { changes, some, rooms } = await changesOf(world, seed)
    let done = 0
    for (let step = 0; step < steps; step++) {
      try {
        await some(changes)!()
        done++
      } catch (error) {
        // Refused (a last administrator, a switch that is as it was): nothing may have changed.
        if (!isFault(error)) throw error
      }
      if (step % 10 === 9) await compare(world, rooms)
    }
    expect(done).toBeGreaterThan(steps / 3)
  })
})

/** Every change that there is, on things that a seed picks. */
async function changesOf(world: NodeWorld, seed: number) {
  const roll = dice(seed)
  const admin = world.as('admin')
  const users: number[] = [world.ids.ann, world.ids.bob]
  for (const name of ['cid', 'dan']) {
    const made = { userName: `${name} ${seed}`, firstName: name, lastName: name }
    users.push((await createUser(admin, { ...made, password: 'long enough 1' })).user.id)
  }
  const groups: number[] = []
  const rooms: number[] = []
  const some = <T>(list: readonly T[]): T | undefined => list[roll(list.length)]
  const bits = () => [0, READ, MANAGE, roll(ALL)][roll(4)]!
  const end = () => (roll(4) === 0 ? admin.now + 1 + roll(9) : null)
  const subject = () => {
    const groupId = some(groups)
    const terms = { permissions: bits(), expireAt: end() }
    if (groupId === undefined || roll(2) === 0) return { ...terms, userId: some(users)! }
    return { ...terms, groupId, admits: roll(2) === 0 }
  }
  const changes: (() => Promise<unknown>)[] = [
    async () => {
      const parent = roll(3) === 0 ? undefined : some(rooms)
      const { node } = await createRoom(admin, {
        parent: parent === undefined ? null : { id: parent },
        name: `room ${seed} ${rooms.length} ${roll(1e6)}`,
        inherit: parent !== undefined && roll(3) > 0,
        adminIds: undefined,
      })
      rooms.push(node.id)
    },
    async () => groups.push((await createGroup(admin, { name: `g ${roll(1e9)}` })).group.id),
    () => setRoomGrants(admin, { room: { id: some(rooms)! }, grants: [subject()] }),
    () => setRoomGrants(admin, { room: { id: some(rooms)! }, grants: [subject(), subject()] }),
    () =>
      removeRoomGrants(admin, {
        room: { id: some(rooms)! },
        ...(roll(2) === 0 ? { userIds: [some(users)!] } : { groupIds: [some(groups)!] }),
      }),
    () => addGroupMembers(admin, { id: some(groups)!, userIds: [some(users)!] }),
    () => removeGroupMembers(admin, { id: some(groups)!, userIds: [some(users)!] }),
    () => changeGroup(admin, { id: some(groups)!, expireAt: end() }),
    () => (roll(4) === 0 ? removeGroup(admin, { id: some(groups)! }) : Promise.resolve()),
    () =>
      configureRoom(admin, {
        room: { id: some(rooms)! },
        ...(roll(2) === 0
          ? { inherit: true }
          : { inherit: false, takeOver: roll(2) === 0, adminIds: [world.ids.admin] }),
      }),
    async () => {
      const page = { offset: 0, limit: 5 }
      const [one] = await admin.read((tx) => tx.admissions.page({}, [], page))
      const state = roll(2) === 0 ? 'accepted' : 'denied'
      if (one) await decideAdmissions(admin, [{ ...one, state }])
    },
    async () => {
      const id = some(rooms)!
      if (roll(5) !== 0) return
      await deleteNodes(admin, { nodes: [{ id }], mode: 'all' })
      const left = await admin.read((tx) => tx.nodes.findMany(rooms))
      rooms.splice(0, rooms.length, ...left.map((room) => room.id))
    },
  ]
  return { changes, some, rooms }
}

/** Works everything out anew from grants, members and inheritance, room by room upwards. */
async function compare(world: NodeWorld, roomIds: readonly number[]): Promise<void> {
  const system = world.asSystem()
  await system.read(async (tx) => {
    const rooms = await tx.nodes.findMany(roomIds)
    const byId = new Map(rooms.map((room) => [room.id, room]))
    for (const room of rooms) {
      const wanted = new Set<string>()
      for (let at: typeof room | undefined = room; at; ) {
        for (const one of await naive(tx, at.id)) wanted.add(`${at.id} ${one}`)
        at = at.room?.inherit ? byId.get(at.parentId ?? 0) : undefined
      }
      const rows = await tx.access.rowsOf(room.id)
      const found = rows
        .filter(({ permissions }) => permissions !== 0)
        .map((row) => `${row.viaId} ${said(row)}`)
      expect(found.sort()).toEqual([...wanted].sort())
      const passing = new Set(rows.filter((row) => row.permissions === 0).map((row) => row.viaId))
      for (const below of rooms) {
        const isBelow = (await tx.nodes.ancestors(below.id)).some(({ id }) => id === room.id)
        const holds = isBelow && (await naive(tx, below.id)).length > 0
        expect([below.id, passing.has(below.id)]).toEqual([below.id, holds])
      }
    }
  })
}

type Said = Pick<Access, 'userId' | 'groupId' | 'permissions' | 'expireAt'>

const said = ({ userId, groupId, permissions, expireAt }: Said) =>
  `${userId}/${groupId ?? 'own'}=${permissions}@${expireAt}`

async function naive(tx: Tx, roomId: number): Promise<string[]> {
  const lines: string[] = []
  for (const grant of await tx.access.grantsOf(roomId)) {
    const permissions = expand(grant.permissions)
    if (grant.groupId === undefined) {
      lines.push(said({ ...grant, permissions }))
      continue
    }
    const { groupId } = grant
    const group = await tx.groups.find(groupId)
    if (!group) throw new Error(`a grant of group ${groupId}, which is gone`)
    const ends = [grant.expireAt, group.expireAt].filter((time) => time !== null)
    const expireAt = ends.length === 0 ? null : Math.min(...ends)
    for (const userId of await tx.groups.membersOf(groupId)) {
      if (await tx.admissions.find(roomId, groupId, userId)) continue
      lines.push(said({ userId, groupId, permissions, expireAt }))
    }
  }
  return lines
}
