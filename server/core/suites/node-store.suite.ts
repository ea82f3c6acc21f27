import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nameKey } from '../../lib/names/name-key.ts'
import { isFault } from '../fault.ts'
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

/** What every store of nodes has to do, listings aside (node-listing.suite.ts). */
export function nodeStoreSuite(name: string, open: OpenStoreSubject): void {
  describe(`${name} keeps nodes`, () => {
    let subject: StoreSubject
    beforeAll(async () => {
      subject = await open()
    })
    afterAll(() => subject.close())

    const write = <T>(fn: (tx: Tx) => Promise<T>) => subject.store.write(subject.tenants[0], fn)
    const read = <T>(fn: (tx: Tx) => Promise<T>) => subject.store.read(subject.tenants[0], fn)

    rowsSuite(write, read)
    namesSuite(write, read)
    treeSuite(write, read)
    deletionSuite(write, read)
    versionsSuite(write, read)
  })
}

type Run = <T>(fn: (tx: Tx) => Promise<T>) => Promise<T>

function rowsSuite(write: Run, read: Run): void {
  it('gives ids that rise and follow each other', async () => {
    const [one, many, next] = await write(async (tx) => [
      await tx.nodes.takeIds(1),
      await tx.nodes.takeIds(100),
      await tx.nodes.takeIds(1),
    ])
    expect(many).toBeGreaterThan(one!)
    expect(next).toBeGreaterThan(many! + 99)
  })

  it('answers a row as it was written', async () => {
    const node = await write(async (tx) => {
      const roomId = await addRoom(tx, null, 'as written')
      const id = await tx.nodes.takeIds(1)
      const content = { ...contentOf(id, 5), md5: 'aa', sha256: 'bb' }
      const made = newNode({
        id,
        parentId: roomId,
        name: 'Ärger.TXT',
        boundaryId: roomId,
        kind: 'file',
        content,
        notes: 'n',
        classification: 2,
        expireAt: 9e12,
        clientCreatedAt: -5,
        clientModifiedAt: 7,
        createdBy: null,
        updatedBy: 3,
      })
      await tx.nodes.insert(made)
      return made
    })
    await read(async (tx) => {
      const found = { ...node, deletedAt: null }
      expect(await tx.nodes.find(node.id)).toEqual(found)
      expect(await tx.nodes.findMany([node.id, 999_999_999])).toEqual([found])
      expect(await tx.nodes.findMany([])).toEqual([])
      expect(await tx.nodes.findByCurrent(node.id)).toEqual(found)
      expect(await tx.nodes.findChild(node.parentId, nameKey('ÄRGER.txt'))).toEqual(found)
      const at = (name: string, parentId = node.parentId!) => ({ parentId, nameKey: nameKey(name) })
      const places = [at('none'), at('ÄRGER.txt'), at('ÄRGER.txt', node.id), at('"\\')]
      expect(await tx.nodes.findChildren(places)).toEqual([found])
      expect(await tx.nodes.findChildren([])).toEqual([])
      const room = await tx.nodes.find(node.parentId!)
      const facts = {
        ...{ inherit: false, quota: null, trashDays: 30, hasActivities: true },
        outerId: null,
      }
      expect(room).toMatchObject({ kind: 'room', parentId: null, content: null, room: facts })
    })
  })

  it('changes what is given and nothing else', async () => {
    await write(async (tx) => {
      const roomId = await addRoom(tx, null, 'changes')
      const id = await addFolder(tx, roomId, 'before', { notes: 'kept' })
      await tx.nodes.update(id, { name: 'After', updatedAt: 5, classification: 3 })
      await tx.nodes.update(id, {})
      expect(await tx.nodes.find(id)).toMatchObject({
        name: 'After',
        updatedAt: 5,
        classification: 3,
        notes: 'kept',
      })
      await tx.nodes.update(id, { notes: null, classification: null })
      expect(await tx.nodes.find(id)).toMatchObject({ notes: null, classification: null })
      expect(await tx.nodes.findChild(roomId, 'after')).toMatchObject({ id })
      expect(await tx.nodes.findChild(roomId, 'before')).toBeUndefined()
      const room = {
        ...{ inherit: true, quota: 5, trashDays: 1, hasActivities: false },
        outerId: null,
      }
      await tx.nodes.update(roomId, { room })
      expect((await tx.nodes.find(roomId))?.room).toEqual(room)
    })
    const gone = write((tx) => tx.nodes.update(999_999_999, { notes: 'x' }))
    await expect(gone).rejects.toSatisfy((error) => isFault(error, 'not-found'))
  })

  it('finds homes, mounts and what has expired', async () => {
    await write(async (tx) => {
      const homes = await addRoom(tx, null, 'homes')
      const home = await addRoom(tx, homes, 'ann', { homeOf: 41 })
      const target = await addRoom(tx, null, 'mounted')
      const folder = await addFolder(tx, home, 'inner')
      const mount = await addMount(tx, home, target, 'mounted here')
      const old = await addFile(tx, folder, 'old', 1, { expireAt: madeAt })
      await addFile(tx, folder, 'new', 1, { expireAt: madeAt + 1 })
      const found = await tx.nodes.homesOf([41, 42])
      expect([...found].map(([user, node]) => [user, node.id])).toEqual([[41, home]])
      expect((await tx.nodes.mountsOf(home)).map(({ id }) => id)).toEqual([mount])
      expect((await tx.nodes.mountsTo(target)).map(({ id }) => id)).toEqual([mount])
      expect((await tx.nodes.expired(madeAt, 10)).map(({ id }) => id)).toEqual([old])
      expect(await tx.nodes.countExpired(folder, ['file'], madeAt)).toBe(1)
      expect(await tx.nodes.countExpired(folder, ['folder', 'room'], madeAt)).toBe(0)
      await tx.nodes.markDeleted(mount, madeAt, 1)
      expect(await tx.nodes.mountsOf(home)).toEqual([])
      expect((await tx.nodes.mountsTo(target))[0]).toMatchObject({ id: mount, deletedAt: madeAt })
      await tx.nodes.removeMounts([mount, folder])
      expect(await tx.nodes.mountsTo(target)).toEqual([])
      expect(await tx.nodes.find(folder)).toBeDefined()
    })
  })
}

async function clash(work: Promise<unknown>): Promise<unknown> {
  try {
    await work
  } catch (error) {
    if (isFault(error, 'name-taken')) return error.data.node
    throw error
  }
  return undefined
}

function namesSuite(write: Run, read: Run): void {
  it('keeps live siblings apart by name, without case, and goes on after a clash', async () => {
    const folder = await write(async (tx) => {
      const room = await addRoom(tx, null, 'clashes')
      const first = await addFolder(tx, room, 'Straße')
      const second = await addFolder(tx, room, 'other')
      const inner = await addFolder(tx, second, 'STRASSE')
      expect(await clash(addFolder(tx, room, 'strasse'))).toBe(first)
      expect(await clash(tx.nodes.update(second, { name: 'STRASSE' }))).toBe(first)
      expect(await clash(tx.nodes.update(inner, { parentId: room }))).toBe(first)
      expect(await clash(addRoom(tx, null, 'CLASHES'))).toBe(room)
      await tx.nodes.update(first, { name: 'STRASSE' })
      await tx.nodes.markDeleted(first, madeAt, 1)
      await tx.nodes.update(inner, { parentId: room })
      return inner
    })
    expect(await read((tx) => tx.nodes.find(folder))).toMatchObject({ name: 'STRASSE' })
  })

  it('lets one of many writers at once have a name', async () => {
    const room = await write((tx) => addRoom(tx, null, 'race'))
    const writers = Array.from({ length: 8 }, () => write((tx) => addFolder(tx, room, 'mine')))
    const ended = await Promise.allSettled(writers)
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of ended) {
      if (one.status === 'rejected') expect(isFault(one.reason, 'name-taken')).toBe(true)
    }
  })

  it('tells the names that begin alike', async () => {
    await write(async (tx) => {
      const room = await addRoom(tx, null, 'prefixes')
      for (const one of ['a_b', 'A_b (2)', 'a_b (10)', 'axb (2)', 'b']) {
        await addFolder(tx, room, one)
      }
      expect(await tx.nodes.takenKeys(room, 'a_b')).toEqual(['a_b', 'a_b (10)', 'a_b (2)'])
      expect(await tx.nodes.takenKeys(room, 'c')).toEqual([])
      expect(await tx.nodes.takenKeys(null, 'prefixes')).toEqual(['prefixes'])
    })
  })
}

function treeSuite(write: Run, read: Run): void {
  it('walks up and down', async () => {
    const { room, folder, inner, file } = await write(async (tx) => {
      const room = await addRoom(tx, null, 'walk')
      const folder = await addFolder(tx, room, 'b')
      const inner = await addFolder(tx, folder, 'a')
      const file = await addFile(tx, inner, 'f')
      await tx.nodes.markDeleted(await addFile(tx, inner, 'deleted'), madeAt, 1)
      return { room, folder, inner, file }
    })
    await read(async (tx) => {
      const idsOf = (nodes: readonly { id: number }[] | undefined) => nodes?.map(({ id }) => id)
      expect(idsOf(await tx.nodes.ancestors(file))).toEqual([room, folder, inner])
      const paths = await tx.nodes.ancestorsOf([file, folder, room, 999_999_999])
      expect(idsOf(paths.get(file))).toEqual([room, folder, inner])
      expect(idsOf(paths.get(folder))).toEqual([room])
      expect(paths.get(room)).toEqual([])
      expect(paths.has(999_999_999)).toBe(false)
      expect(idsOf(await tx.nodes.subtree(room))).toEqual([room, folder, inner, file])
      const heights = [room, folder, inner, file, 999_999_999].map((id) => tx.nodes.height(id))
      expect(await Promise.all(heights)).toEqual([2, 1, 0, 0, 0])
      expect(await tx.nodes.isWithin(file, room)).toBe(true)
      expect(await tx.nodes.isWithin(file, file)).toBe(true)
      expect(await tx.nodes.isWithin(room, file)).toBe(false)
    })
    await write(async (tx) => {
      const stay = await tx.nodes.lock([file, room], 'stay')
      expect(stay.map(({ id }) => id).sort((a, b) => a - b)).toEqual([room, file])
      expect(await tx.nodes.lock([999_999_999], 'change')).toEqual([])
      expect((await tx.nodes.lockSubtrees([folder])).map(({ id }) => id)).toEqual([folder])
      await tx.nodes.lockTree()
    })
  })

  it('gives a moved subtree another boundary, deleted nodes included', async () => {
    await write(async (tx) => {
      const from = await addRoom(tx, null, 'boundary from')
      const to = await addRoom(tx, null, 'boundary to')
      const folder = await addFolder(tx, from, 'moved')
      const file = await addFile(tx, folder, 'f')
      const deleted = await addFile(tx, folder, 'd', 7)
      await tx.nodes.markDeleted(deleted, madeAt, 1)
      await tx.nodes.update(folder, { parentId: to })
      await tx.nodes.rebound(folder, from, to)
      for (const id of [folder, file]) {
        expect((await tx.nodes.find(id))?.boundaryId).toBe(to)
      }
      expect(await tx.nodes.purge(to)).toEqual({ nodes: 4, bytes: 17 })
      expect(await tx.nodes.find(from)).toBeDefined()
    })
  })

  it('inserts many at once', async () => {
    await write(async (tx) => {
      const room = await addRoom(tx, null, 'many')
      const first = await tx.nodes.takeIds(1200)
      const made = Array.from({ length: 1200 }, (_, at) => {
        const id = first + at
        return newNode({
          id,
          parentId: room,
          name: `n${at}`,
          boundaryId: room,
          kind: 'file',
          content: contentOf(id, 1),
        })
      })
      await tx.nodes.insertMany(made)
      await tx.nodes.insertVersions(
        made.map(({ id, content }) => ({
          id,
          nodeId: id,
          content: content!,
          createdAt: madeAt,
          createdBy: null,
          supersededAt: null,
        })),
      )
      expect(await tx.nodes.subtree(room)).toHaveLength(1201)
      expect(await tx.nodes.versions(first + 1199)).toHaveLength(1)
    })
  })
}

function deletionSuite(write: Run, read: Run): void {
  it('marks a subtree as deleted and closes its versions', async () => {
    const { folder, file, beside } = await write(async (tx) => {
      const room = await addRoom(tx, null, 'deletion')
      const folder = await addFolder(tx, room, 'gone')
      const file = await addFile(tx, await addFolder(tx, folder, 'inner'), 'f', 30)
      await addFile(tx, folder, 'g', 12)
      const before = await addFile(tx, folder, 'before', 100)
      await tx.nodes.markDeleted(before, madeAt, 1)
      const beside = await addFile(tx, room, 'beside')
      expect(await tx.nodes.markDeleted(folder, madeAt + 5, 2)).toEqual({ nodes: 4, bytes: 42 })
      expect(await tx.nodes.markDeleted(folder, madeAt + 6, 2)).toEqual({ nodes: 0, bytes: 0 })
      return { folder, file, beside }
    })
    await read(async (tx) => {
      for (const id of [folder, file]) expect(await tx.nodes.find(id)).toBeUndefined()
      expect(await tx.nodes.findByCurrent(file)).toBeUndefined()
      expect(await tx.nodes.subtree(folder)).toEqual([])
      expect((await tx.nodes.versions(file))[0]?.supersededAt).toBe(madeAt + 5)
      expect((await tx.nodes.versions(beside))[0]?.supersededAt).toBeNull()
    })
  })

  it('removes a room with everything of it', async () => {
    await write(async (tx) => {
      const top = await addRoom(tx, null, 'purge')
      const room = await addRoom(tx, top, 'inner')
      const home = await addRoom(tx, null, 'purge home')
      const mount = await addMount(tx, home, room, 'shown')
      const file = await addFile(tx, room, 'f', 3)
      await tx.nodes.markDeleted(await addFile(tx, room, 'in the trash', 4), madeAt, 1)
      await give(tx, room, 7, 1023)
      const passage = { boundaryId: top, userId: 7, permissions: 0, viaId: room, expireAt: null }
      await tx.access.insert([passage])
      expect(await tx.nodes.purge(room)).toEqual({ nodes: 3, bytes: 7 })
      expect(await tx.nodes.find(file)).toBeUndefined()
      expect(await tx.nodes.find(mount)).toBeUndefined()
      expect(await tx.nodes.versions(file)).toEqual([])
      expect(await tx.access.grantsOf(room)).toEqual([])
      expect(await tx.access.of(top, 7, madeAt)).toBeUndefined()
      expect((await tx.tallies.of([room])).size).toBe(0)
      expect(await tx.nodes.find(top)).toBeDefined()
    })
  })
}

function versionsSuite(write: Run, read: Run): void {
  it('keeps versions, the newest first, and finds the file by the current one', async () => {
    const { file, second } = await write(async (tx) => {
      const room = await addRoom(tx, null, 'versions')
      const file = await addFile(tx, room, 'f', 10)
      const second = await tx.nodes.takeIds(1)
      const content = contentOf(second, 20)
      await tx.nodes.supersedeVersion(file, madeAt + 1)
      await tx.nodes.insertVersion({
        id: second,
        nodeId: file,
        content,
        createdAt: madeAt + 1,
        createdBy: 2,
        supersededAt: null,
      })
      await tx.nodes.update(file, { currentId: second, content })
      return { file, second }
    })
    await read(async (tx) => {
      const versions = await tx.nodes.versions(file)
      expect(versions.map(({ id }) => id)).toEqual([second, file])
      expect(versions.map(({ supersededAt }) => supersededAt)).toEqual([null, madeAt + 1])
      expect(versions[0]).toMatchObject({ nodeId: file, content: contentOf(second, 20) })
      expect((await tx.nodes.findByCurrent(second))?.content?.size).toBe(20)
      expect(await tx.nodes.findByCurrent(file)).toBeUndefined()
      expect(await tx.nodes.countOldVersions([file, second])).toEqual(new Map([[file, 1]]))
    })
    await write(async (tx) => {
      await tx.nodes.supersedeVersion(second, madeAt + 2)
      expect((await tx.nodes.versions(file))[0]?.supersededAt).toBe(madeAt + 2)
    })
  })

  it('lets no two new versions stand beside each other', async () => {
    const file = await write(async (tx) => addFile(tx, await addRoom(tx, null, 'rivals'), 'f'))
    await Promise.all(
      Array.from({ length: 6 }, () =>
        write(async (tx) => {
          const node = await tx.nodes.find(file)
          const id = await tx.nodes.takeIds(1)
          const content = contentOf(id, 1)
          await tx.nodes.supersedeVersion(node!.currentId, madeAt)
          await tx.nodes.insertVersion({
            id,
            nodeId: file,
            content,
            createdAt: madeAt,
            createdBy: 1,
            supersededAt: null,
          })
          await tx.nodes.update(file, { currentId: id, content })
        }),
      ),
    )
    await read(async (tx) => {
      const open = (await tx.nodes.versions(file)).filter((one) => one.supersededAt === null)
      expect(open.map(({ id }) => id)).toEqual([(await tx.nodes.find(file))!.currentId])
      expect((await tx.nodes.countOldVersions([file])).get(file)).toBe(6)
    })
  })
}
