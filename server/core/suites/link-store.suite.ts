import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Export } from '../exports/export-store.ts'
import type { Link } from '../links/link.ts'
import type { Tx } from '../store.ts'
import {
  addFile,
  addFolder,
  addRoom,
  madeAt,
  type OpenStoreSubject,
  type StoreSubject,
} from './store-subject.suite.ts'

function newLink(members: Pick<Link, 'id' | 'nodeId'> & Partial<Link>): Link {
  return {
    kind: 'download',
    takesUploads: false,
    recipient: null,
    name: 'Link',
    sealedToken: 'sealed',
    isProtected: false,
    createdAt: madeAt,
    createdBy: 1,
    updatedAt: madeAt,
    updatedBy: 1,
    expireAt: null,
    maxDownloads: null,
    downloads: 0,
    notes: null,
    internalNotes: null,
    showCreatorName: false,
    showCreatorUserName: false,
    notifyCreator: false,
    maxBytes: null,
    maxFiles: null,
    showUploaded: false,
    filesExpiryDays: null,
    uploads: 0,
    uploadedBytes: 0,
    keys: null,
    ...members,
  }
}

/** What every store of links and export tokens has to do. Lists: core/links/links.test.ts. */
export function linkStoreSuite(name: string, open: OpenStoreSubject): void {
  describe(`${name} keeps links`, () => {
    let subject: StoreSubject
    let ids: { room: number; folder: number; file: number; beside: number }
    beforeAll(async () => {
      subject = await open()
      ids = await write(async (tx) => {
        const room = await addRoom(tx, null, 'room')
        const folder = await addFolder(tx, room, 'folder')
        const file = await addFile(tx, folder, 'file')
        return { room, folder, file, beside: await addFolder(tx, room, 'beside') }
      })
    })
    afterAll(() => subject.close())

    const write = <T>(fn: (tx: Tx) => Promise<T>) => subject.store.write(subject.tenants[0], fn)
    const read = <T>(fn: (tx: Tx) => Promise<T>) => subject.store.read(subject.tenants[0], fn)
    const other = <T>(fn: (tx: Tx) => Promise<T>) => subject.store.write(subject.tenants[1], fn)
    const add = (nodeId: number, digest: string, more: Partial<Link> = {}, hash?: string) =>
      write(async (tx) => {
        const link = newLink({ id: await tx.links.takeId(), nodeId, ...more })
        await tx.links.insert(link, digest, hash ?? null)
        return link
      })

    it('gives back what was put in, and changes member by member', async () => {
      const recipient = 'ann@example.test'
      const said = { notes: 'n', maxDownloads: 3, showUploaded: true, takesUploads: true }
      const more = { isProtected: true, recipient, ...said }
      const link = await add(ids.file, 'd1', more, 'hash')
      expect(await read((tx) => tx.links.find(link.id))).toEqual(link)
      const found = { link, passwordHash: 'hash' }
      expect(await read((tx) => tx.links.findByDigest('d1'))).toEqual(found)
      expect(await read((tx) => tx.links.findWithHash(link.id))).toEqual(found)
      const none = { notes: null, recipient: null, takesUploads: false }
      const change = { name: 'Neu', expireAt: madeAt + 5, notifyCreator: true, ...none }
      await write((tx) => tx.links.update(link.id, change))
      await write((tx) => tx.links.setPasswordHash(link.id, null))
      const changed = { ...link, ...change, isProtected: false }
      expect(await read((tx) => tx.links.find(link.id))).toEqual(changed)
      expect(await write((tx) => tx.links.remove(link.id))).toBe(true)
      expect(await write((tx) => tx.links.remove(link.id))).toBe(false)
      expect(await read((tx) => tx.links.findByDigest('d1'))).toBeUndefined()
    })

    it('gives out as many downloads as there are', async () => {
      const limited = await add(ids.file, 'd2', { maxDownloads: 3 })
      const free = await add(ids.file, 'd3')
      const take = (id: number) => write((tx) => tx.links.takeDownload(id))
      const taken = await Promise.all(Array.from({ length: 20 }, () => take(limited.id)))
      expect(taken.filter(Boolean)).toHaveLength(3)
      expect((await Promise.all([take(free.id), take(free.id)])).every(Boolean)).toBe(true)
      expect(await read((tx) => tx.links.find(free.id))).toMatchObject({ downloads: 2 })
      expect(await take(999_999)).toBe(false)
    })

    it('counts per node and kind, removes and moves by node', async () => {
      await write((tx) => tx.links.removeOfNodes(Object.values(ids)))
      const one = await add(ids.folder, 'n1')
      await add(ids.folder, 'n2', { kind: 'upload' })
      await add(ids.file, 'n3')
      await add(ids.beside, 'n4')
      const counts = await read((tx) => tx.links.countOf([ids.folder, ids.file, ids.room]))
      expect([...counts].sort(([a], [b]) => a - b)).toEqual([
        [ids.folder, [1, 1]],
        [ids.file, [1, 0]],
      ])
      expect(await read((tx) => tx.links.ofNode(ids.folder, 'download'))).toEqual([one])
      expect(await read((tx) => tx.links.ofNode(ids.folder))).toHaveLength(2)
      expect(await read((tx) => tx.links.ofNodes([ids.folder, ids.file]))).toHaveLength(3)
      expect(await read((tx) => tx.links.ofNodes([]))).toEqual([])
      await write((tx) => tx.links.repoint(ids.beside, ids.file))
      expect(await read((tx) => tx.links.ofNode(ids.file))).toHaveLength(2)
      await write((tx) => tx.links.removeOfNodes([ids.file]))
      expect((await read((tx) => tx.links.countOf([ids.file]))).size).toBe(0)
      await write((tx) => tx.links.removeOfNodes([ids.folder]))
      expect((await read((tx) => tx.links.countOf([ids.folder]))).size).toBe(0)
      const soon = await add(ids.file, 'x1', { expireAt: madeAt + 1 })
      await add(ids.file, 'x2', { expireAt: madeAt + 2 })
      expect(await read((tx) => tx.links.expired(madeAt + 1, 10))).toEqual([soon])
    })

    it('keeps export tokens until their end', async () => {
      const add = (digest: string, expireAt: number | null) =>
        write(async (tx) => {
          const token: Export = {
            id: await tx.exports.takeId(),
            nodeId: ids.folder,
            permissions: 1,
            createdAt: madeAt,
            createdBy: 7,
            expireAt,
            label: 'Label',
            sealedToken: 'sealed',
          }
          await tx.exports.insert(token, digest)
          return token
        })
      const lasting = await add('e1', null)
      const ending = await add('e2', madeAt + 1)
      expect(await read((tx) => tx.exports.findByDigest('e1'))).toEqual(lasting)
      expect(await read((tx) => tx.exports.find(ending.id))).toEqual(ending)
      expect(await read((tx) => tx.exports.ofNode(ids.folder))).toEqual([lasting, ending])
      expect(await read((tx) => tx.exports.ofCreator(7))).toEqual([lasting, ending])
      const seen = await other(async (tx) => {
        await tx.exports.remove(lasting.id)
        return [
          await tx.exports.find(lasting.id),
          await tx.exports.findByDigest('e1'),
          (await tx.exports.ofNode(ids.folder)).length,
          (await tx.exports.ofCreator(7)).length,
          await tx.exports.removeExpired(madeAt * 2, 10),
        ]
      })
      expect(seen).toEqual([undefined, undefined, 0, 0, 0])
      expect(await write((tx) => tx.exports.removeExpired(madeAt + 1, 10))).toBe(1)
      await write((tx) => tx.exports.remove(lasting.id))
      expect(await read((tx) => tx.exports.ofNode(ids.folder))).toEqual([])
    })

    it('keeps tenants apart', async () => {
      const link = await add(ids.folder, 'mine', { maxDownloads: 1 })
      const seen = await other(async (tx) => {
        await tx.links.update(link.id, { name: 'theirs' })
        await tx.links.setPasswordHash(link.id, 'theirs')
        await tx.links.removeOfNodes([ids.folder])
        await tx.links.repoint(ids.folder, ids.beside)
        return [
          await tx.links.find(link.id),
          await tx.links.findByDigest('mine'),
          await tx.links.findWithHash(link.id),
          await tx.links.takeDownload(link.id),
          await tx.links.remove(link.id),
          (await tx.links.ofNode(ids.folder)).length +
            (await tx.links.ofNodes([ids.folder])).length,
          (await tx.links.countOf([ids.folder])).size,
          await tx.links.count({}, madeAt),
          (await tx.links.page({}, [], { offset: 0, limit: 10 }, madeAt)).length,
          (await tx.links.expired(madeAt * 2, 10)).length,
        ]
      })
      expect(seen).toEqual([undefined, undefined, undefined, false, false, 0, 0, 0, 0, 0])
      expect(await read((tx) => tx.links.find(link.id))).toEqual(link)
    })
  })
}
