import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isFault } from '../fault.ts'
import type { ChildrenQuery } from '../nodes/node-store.ts'
import type { Tx } from '../store.ts'
import {
  addFile,
  addFolder,
  addMount,
  addRoom,
  contentOf,
  give,
  madeAt,
  newNode,
  type OpenStoreSubject,
  type StoreSubject,
} from './store-subject.suite.ts'

type Things = { room: number; home: number; mount: number; folder: number; file: number }

async function fill(tx: Tx): Promise<Things> {
  const room = await addRoom(tx, null, 'walled')
  const home = await addRoom(tx, null, 'home', { homeOf: 4 })
  const mount = await addMount(tx, home, room, 'mount')
  const folder = await addFolder(tx, room, 'folder')
  const file = await addFile(tx, folder, 'file', 10, { expireAt: madeAt })
  await give(tx, room, 4, 1023)
  await tx.tallies.apply({ ancestorIds: [room, folder], parentId: folder, size: 10, at: madeAt })
  await tx.tallies.book(10)
  await tx.events.append([{ type: 'file.created', nodeId: file, roomId: room }], {
    ...{ at: madeAt, actorId: 4, address: '', userAgent: '' },
  })
  return { room, home, mount, folder, file }
}

/** All that one can learn of the tree, its rights and its history, by the ids of its things. */
async function everything(tx: Tx, things: Things): Promise<unknown> {
  const { room, home, folder, file } = things
  const ids = Object.values(things)
  const { nodes, tallies, access, events } = tx
  const sort = { by: 'name', descending: false } as const
  const query: ChildrenQuery = { parentId: room, filter: {}, sort, visibleTo: null, now: 0 }
  return [
    [await nodes.find(file), await nodes.findByCurrent(file), await nodes.findMany(ids)],
    [await nodes.findChild(null, 'walled'), await nodes.findChild(room, 'folder')],
    [await nodes.ancestors(file), await nodes.ancestorsOf(ids), await nodes.subtree(room)],
    [await nodes.isWithin(file, room), await nodes.countChildren(query)],
    [
      await nodes.children(query, { skip: 0, limit: 10 }),
      await nodes.children({ ...query, visibleTo: 4 }, { skip: 0, limit: 10 }),
      await nodes.children({ ...query, filter: { currentIds: [folder] } }, { skip: 0, limit: 9 }),
      await nodes.children({ ...query, parentId: null }, { skip: 0, limit: 10 }),
    ],
    [await nodes.takenKeys(room, ''), await nodes.takenKeys(null, '')],
    [await nodes.countExpired(folder, ['file'], madeAt), await nodes.expired(madeAt, 10)],
    [await nodes.mountsOf(home), await nodes.mountsTo(room), await nodes.homesOf([4])],
    [await nodes.versions(file), await nodes.countOldVersions([file])],
    [await tallies.of(ids), await tallies.tenantBytes()],
    [await access.of(room, 4, 0), await access.ofMany(ids, 4, 0), await access.rowsOf(room)],
    [await access.explain([room], 4), await access.usersOf(room, 0), await access.grantsOf(room)],
    [await access.holdingsIn([room]), await access.roomsWithEnded(madeAt)],
    [await access.inheriting(room), await access.countLastingAdmins(room)],
    [await access.topRoomsOf(4, 0)],
    [await events.count({}), await events.count({ roomId: room, afterId: 0 })],
    [await events.page({}, { offset: 0, limit: 10, descending: false })],
  ]
}

/** Every change, tried with the ids of things; refusals are as good as no effect. */
async function changeEverything(tx: Tx, things: Things): Promise<void> {
  const { room, home, mount, folder, file } = things
  const { nodes, tallies, access } = tx
  expect(await nodes.lock([room, file], 'change')).toEqual([])
  expect(await nodes.lockSubtrees([room])).toEqual([])
  for (const change of [{ notes: 'seen' }, { name: 'renamed' }, { parentId: null }]) {
    const refused = nodes.update(folder, change)
    await expect(refused).rejects.toSatisfy((error) => isFault(error, 'not-found'))
  }
  await nodes.rebound(folder, room, home)
  expect(await nodes.markDeleted(room, madeAt, 1)).toEqual({ nodes: 0, bytes: 0 })
  expect(await nodes.purge(room)).toEqual({ nodes: 0, bytes: 0 })
  await nodes.removeMounts([mount])
  await access.setGrant({ roomId: room, userId: 4, permissions: 0, expireAt: null })
  await access.removeGrants(room)
  await access.removeVia(room, 4)
  await access.removeAllVia([room])
  await tallies.apply({ ancestorIds: [room], parentId: room, files: 1, size: 5, at: 1 })
  await tallies.book(77)
  await access.insert([{ boundaryId: room, userId: 4, viaId: room, permissions: 1, expireAt: 1 }])
  // The same ids may be used by another tenant without meeting these.
  const content = contentOf(file, 1)
  await nodes.insert(
    newNode({ id: file, parentId: folder, name: 'file', boundaryId: room, content }),
  )
}

/** That no store function reaches from one tenant what belongs to another. */
export function tenantWallsSuite(name: string, open: OpenStoreSubject): void {
  describe(`${name} keeps tenants apart`, () => {
    let subject: StoreSubject
    let things: Things
    beforeAll(async () => {
      subject = await open()
      things = await subject.store.write(subject.tenants[0], fill)
    })
    afterAll(() => subject.close())

    it('shows the other tenant what an empty store shows', async () => {
      const { store, tenants } = subject
      const seen = await store.read(tenants[1], (tx) => everything(tx, things))
      const none = { room: 9e8, home: 9e8 + 1, mount: 9e8 + 2, folder: 9e8 + 3, file: 9e8 + 4 }
      expect(seen).toEqual(await store.read(tenants[1], (tx) => everything(tx, none)))
      const own = await store.read(tenants[0], (tx) => everything(tx, things))
      expect(own).not.toEqual(seen)
    })

    it('changes nothing for the other tenant', async () => {
      const { store, tenants } = subject
      const before = await store.read(tenants[0], (tx) => everything(tx, things))
      await store.write(tenants[1], (tx) => changeEverything(tx, things))
      expect(await store.read(tenants[0], (tx) => everything(tx, things))).toEqual(before)
    })

    it('lets versions of the other tenant be', async () => {
      const { store, tenants } = subject
      const closing = store.write(tenants[1], (tx) => tx.nodes.supersedeVersion(things.file, 1))
      await expect(closing).rejects.toThrow()
      const [version] = await store.read(tenants[0], (tx) => tx.nodes.versions(things.file))
      expect(version?.supersededAt).toBeNull()
    })

    it('reads without a chance to write', async () => {
      const { store, tenants } = subject
      await expect(store.read(tenants[0], (tx) => tx.tallies.book(1))).rejects.toThrow()
    })
  })
}
