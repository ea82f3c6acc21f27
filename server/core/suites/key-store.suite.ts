import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FileKey, KeyHolder, KeyPair } from '../keys/key-pair.ts'
import type { MissingQuery } from '../keys/key-store.ts'
import { READ } from '../permissions/permission.ts'
import type { Tx } from '../store.ts'
import { sampleFileKey, samplePair } from './key-samples.suite.ts'
import {
  addFile,
  addFolder,
  addRoom,
  give,
  madeAt,
  type OpenStoreSubject,
  type StoreSubject,
} from './store-subject.suite.ts'
import { newUser } from './user-store.suite.ts'

/** What every store of keys has to do. */
export function keyStoreSuite(name: string, open: OpenStoreSubject): void {
  describe(`${name} keeps keys`, () => {
    let subject: StoreSubject
    let place: { room: number; folder: number; file: number; users: [number, number] }
    beforeAll(async () => {
      subject = await open()
      place = await write(async (tx) => {
        const room = await addRoom(tx, null, 'room')
        const folder = await addFolder(tx, room, 'folder', { encryptedBy: room })
        const file = await addFile(tx, folder, 'file', 10, { encryptedBy: room })
        const users: [number, number] = [await addUser(tx, 'one'), await addUser(tx, 'two')]
        for (const userId of users) await give(tx, room, userId, READ)
        await tx.keys.setRoom({ roomId: room, usesTenantKey: false })
        return { room, folder, file, users }
      })
    })
    afterAll(() => subject.close())

    const write = <T>(fn: (tx: Tx) => Promise<T>) => subject.store.write(subject.tenants[0], fn)
    const read = <T>(fn: (tx: Tx) => Promise<T>) => subject.store.read(subject.tenants[0], fn)
    const other = <T>(fn: (tx: Tx) => Promise<T>) => subject.store.write(subject.tenants[1], fn)
    const addUser = async (tx: Tx, userName: string) => {
      const id = await tx.users.takeId()
      await tx.users.insert(newUser({ id, userName }), null)
      return id
    }
    const addPair = (holder: KeyHolder, more: Partial<KeyPair> = {}) =>
      write(async (tx) => {
        const id = await tx.keys.takeId()
        const made = { createdAt: madeAt, createdBy: 1, isPrevious: false }
        const pair: KeyPair = { ...samplePair(), id, holder, ...made, ...more }
        await tx.keys.insert(pair)
        return pair
      })
    const user = (at: 0 | 1): KeyHolder => ({ kind: 'user', userId: place.users[at] })
    const setKey = (pair: KeyPair, fileKey: FileKey, nodeId = place.file) =>
      write((tx) => tx.keys.addFileKeys([{ nodeId, versionId: nodeId, pairId: pair.id, fileKey }]))
    const keyOf = (pair: KeyPair, nodeId = place.file) =>
      read((tx) => tx.keys.fileKeys({ nodeId, versionId: nodeId }, [pair.id]))
    const reset = () =>
      write(async (tx) => {
        const rescue: KeyHolder[] = [{ kind: 'tenant' }, { kind: 'room', roomId: place.room }]
        for (const holder of [user(0), user(1), ...rescue]) await tx.keys.removeAllOf(holder)
      })

    it('enables encryption once', async () => {
      expect(await read((tx) => tx.keys.isEnabled())).toBe(false)
      expect(await write((tx) => tx.keys.enable(madeAt, 1))).toBe(true)
      expect(await write((tx) => tx.keys.enable(madeAt, 1))).toBe(false)
      expect(await read((tx) => tx.keys.isEnabled())).toBe(true)
      expect(await other((tx) => tx.keys.isEnabled())).toBe(false)
    })

    it('keeps pairs, best first, each version once', async () => {
      await reset()
      const old = await addPair(user(0), { ...samplePair('A') })
      const best = await addPair(user(0))
      expect(await read((tx) => tx.keys.pairsOf(user(0)))).toEqual([best, old])
      const paired = (tx: Tx) => tx.keys.usersWithPair(place.users)
      expect([...(await read(paired))]).toEqual([place.users[0]])
      expect((await other(paired)).size).toBe(0)
      await expect(addPair(user(0))).rejects.toMatchObject({ code: 'exists', subject: 'key-pair' })
      expect(await read((tx) => tx.keys.pairsOf({ kind: 'room', roomId: place.room }))).toEqual([])
      expect(await other((tx) => tx.keys.pairsOf(user(0)))).toEqual([])
      await write((tx) => tx.keys.retire(best.id, 'anew'))
      const previous = { ...best, isPrevious: true, privateKey: 'anew' }
      expect(await read((tx) => tx.keys.pairsOf(user(0)))).toEqual([old, previous])
      const next = await addPair(user(0))
      const twice = write((tx) => tx.keys.retire(next.id, 'anew'))
      await expect(twice).rejects.toMatchObject({ code: 'exists' })
      await write((tx) => tx.keys.remove(previous.id))
      expect(await read((tx) => tx.keys.pairsOf(user(0)))).toEqual([next, old])
    })

    it('keeps the first key of a file for a pair, and drops keys with their pair', async () => {
      await reset()
      const pair = await addPair(user(0))
      await setKey(pair, sampleFileKey('first'))
      await setKey(pair, sampleFileKey('second'))
      expect(await keyOf(pair)).toMatchObject([{ fileKey: sampleFileKey('first') }])
      expect(await other((tx) => tx.keys.fileKeys(at(place.file), [pair.id]))).toEqual([])
      await write((tx) => tx.keys.remove(pair.id))
      expect(await keyOf(pair)).toEqual([])
    })

    const at = (id: number) => ({ nodeId: id, versionId: id })

    it('copies the keys of a version', async () => {
      await reset()
      const pair = await addPair(user(0))
      await setKey(pair, sampleFileKey())
      const copy = await write(async (tx) => {
        const id = await addFile(tx, place.folder, 'copy', 10, { encryptedBy: place.room })
        await tx.keys.copyFileKeys([{ from: at(place.file), to: at(id) }])
        return id
      })
      expect(await keyOf(pair, copy)).toMatchObject([{ nodeId: copy, fileKey: sampleFileKey() }])
      await write((tx) => tx.nodes.purge(copy))
      expect(await keyOf(pair, copy)).toEqual([])
      expect(await keyOf(pair)).toHaveLength(1)
    })

    it('counts what somebody cannot open, and finds what one pair alone opens', async () => {
      await reset()
      const [mine, others] = [await addPair(user(0)), await addPair(user(1))]
      const locked = () => read((tx) => tx.keys.countLocked(place.room, place.users[0]))
      const only = () => read((tx) => tx.keys.openedOnlyBy(mine.id, 10))
      expect(await locked()).toBe(1)
      await setKey(mine, sampleFileKey())
      expect([await locked(), await only()]).toEqual([0, [place.file]])
      await setKey(others, sampleFileKey())
      expect(await only()).toEqual([])
      await write((tx) => tx.keys.removeFileKeys([place.file]))
      expect([await keyOf(mine), await keyOf(others)]).toEqual([[], []])
    })

    it('marks a subtree and counts what is in it', async () => {
      const marked = await write(async (tx) => {
        const room = await addRoom(tx, null, 'marked')
        const sub = await addRoom(tx, room, 'sub')
        const file = await addFile(tx, sub, 'file')
        await tx.keys.markSubtree(room, room)
        const found = await tx.nodes.findMany([room, sub, file])
        const counted = await tx.keys.countWithin(room)
        await tx.nodes.markDeleted(file, madeAt, null)
        return { room, found, counted, after: await tx.keys.countWithin(room) }
      })
      const { room, found, counted, after } = marked
      expect(found.map(({ encryptedBy }) => encryptedBy)).toEqual([room, room, room])
      expect(counted).toEqual({ files: 1, deleted: 0, links: 0 })
      expect(after).toEqual({ files: 0, deleted: 1, links: 0 })
    })

    it('remembers what an encrypted room uses, and forgets it with its rescue pair', async () => {
      const roomId = place.room
      expect(await read((tx) => tx.keys.room(roomId))).toEqual({ roomId, usesTenantKey: false })
      const gone = await write(async (tx) => {
        const id = await addRoom(tx, null, 'other')
        await tx.keys.setRoom({ roomId: id, usesTenantKey: true })
        return id
      })
      await addPair({ kind: 'room', roomId: gone })
      await write((tx) => tx.nodes.purge(gone))
      expect(await read((tx) => tx.keys.room(gone))).toBeUndefined()
      expect(await read((tx) => tx.keys.pairsOf({ kind: 'room', roomId: gone }))).toEqual([])
    })

    it('finds who needs a key, with a key that the asker can open', async () => {
      await reset()
      const roomId = place.room
      const mine = await addPair(user(0))
      await setKey(mine, sampleFileKey('mine'))
      const query: MissingQuery = {
        by: { kind: 'user', userId: place.users[0] },
        current: true,
        of: 'user',
        seenBy: place.users[0],
        now: madeAt,
      }
      const missing = (more: Partial<MissingQuery> = {}) =>
        read((tx) => tx.keys.missing({ ...query, ...more }, { offset: 0, limit: 10 }))
      expect(await missing()).toEqual([])
      const others = await addPair(user(1))
      const wanted = { nodeId: place.file, versionId: place.file, fileKey: sampleFileKey('mine') }
      const need = { ...wanted, holder: user(1), pairId: others.id, publicKey: others.publicKey }
      expect(await missing()).toMatchObject([need])
      expect(await missing({ roomId, nodeId: place.file })).toMatchObject([need])
      for (const none of ['roomId', 'nodeId', 'userId', 'seenBy'] as const) {
        expect(await missing({ [none]: 999_999 }), none).toEqual([])
      }
      expect(await missing({ of: 'tenant' })).toEqual([])
      await addPair({ kind: 'tenant' })
      expect(await missing({ of: 'tenant' })).toEqual([])
      await write((tx) => tx.keys.setRoom({ roomId, usesTenantKey: true }))
      expect(await missing({ of: 'tenant' })).toHaveLength(1)
      const rescue = await addPair({ kind: 'room', roomId })
      expect(await missing({ of: 'room' })).toMatchObject([{ pairId: rescue.id }])
      await setKey(rescue, sampleFileKey('rescue'))
      const byRoom = { by: { kind: 'room' } } as const
      expect(await missing(byRoom)).toMatchObject([
        { pairId: others.id, fileKey: sampleFileKey('rescue') },
      ])
      await setKey(others, sampleFileKey('others'))
      expect(await missing()).toEqual([])
      await write((tx) => tx.keys.retire(mine.id, 'anew'))
      const next = await addPair(user(0))
      expect(await missing({ current: false })).toMatchObject([{ pairId: next.id }])
    })

    it('gives out the best public keys of those who may', async () => {
      await reset()
      await addPair(user(0), samplePair('A'))
      const best = await addPair(user(0))
      const keys = (bits: number) =>
        read((tx) => tx.keys.publicKeysFor(place.room, bits, madeAt, 10))
      const { publicKey, version } = best
      expect(await keys(READ)).toMatchObject([{ version, publicKey, userId: place.users[0] }])
      expect(await keys(2)).toEqual([])
    })
  })
}
