import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ALL, CREATE, READ } from '../permissions/permission.ts'
import type { Tx } from '../store.ts'
import {
  addFolder,
  addRoom,
  give,
  madeAt,
  type OpenStoreSubject,
  type StoreSubject,
} from './store-subject.suite.ts'

/** What every store of grants and access rows has to do. */
export function accessStoreSuite(name: string, open: OpenStoreSubject): void {
  describe(`${name} keeps access`, () => {
    let subject: StoreSubject
    beforeAll(async () => {
      subject = await open()
    })
    afterAll(() => subject.close())

    const write = <T>(fn: (tx: Tx) => Promise<T>) => subject.store.write(subject.tenants[0], fn)

    rowsSuite(write)
    grantsSuite(write)
    roomsSuite(write)
  })
}

type Run = <T>(fn: (tx: Tx) => Promise<T>) => Promise<T>
const row = { boundaryId: 1, userId: 5, viaId: 1, permissions: READ, expireAt: null }

function rowsSuite(write: Run): void {
  it('unites the rows in force', async () => {
    await write(async ({ access }) => {
      await access.insert([
        row,
        { ...row, viaId: 2, permissions: CREATE, expireAt: madeAt + 1 },
        { ...row, viaId: 3, permissions: ALL, expireAt: madeAt },
        { ...row, boundaryId: 2, permissions: 0 },
        { ...row, boundaryId: 3, expireAt: madeAt },
      ])
      expect(await access.of(1, 5, madeAt)).toBe(READ | CREATE)
      expect(await access.of(1, 5, madeAt + 1)).toBe(READ)
      expect(await access.of(2, 5, madeAt)).toBe(0)
      expect(await access.of(3, 5, madeAt)).toBeUndefined()
      expect(await access.of(1, 6, madeAt)).toBeUndefined()
      expect(await access.ofMany([1, 2, 3, 4], 5, madeAt)).toEqual(
        new Map([
          [1, READ | CREATE],
          [2, 0],
        ]),
      )
      expect(await access.ofMany([], 5, madeAt)).toEqual(new Map())
    })
  })

  it('explains a decision and tells who has one', async () => {
    await write(async ({ access }) => {
      await access.insert([{ ...row, userId: 6, permissions: 0 }])
      expect(await access.explain([1], 5)).toHaveLength(3)
      expect((await access.explain([1], 5))[0]).toEqual(row)
      expect(await access.rowsOf(1)).toHaveLength(4)
      expect(await access.usersOf(1, madeAt)).toEqual(new Map([[5, READ | CREATE]]))
      expect(await access.usersOf(2, madeAt)).toEqual(new Map())
    })
  })

  it('replaces a row with the same key and removes rows by where they come from', async () => {
    await write(async ({ access }) => {
      await access.insert([{ ...row, permissions: CREATE, expireAt: madeAt + 9 }])
      expect((await access.explain([1], 5))[0]).toMatchObject({
        permissions: CREATE,
        expireAt: madeAt + 9,
      })
      await access.removeVia(1, 6)
      expect(await access.explain([1], 6)).toEqual([])
      expect(await access.explain([], 5)).toEqual([])
      expect((await access.explain([1, 2], 5)).map(({ boundaryId }) => boundaryId)).toEqual([
        1, 1, 1, 2,
      ])
      await access.removeVia(1, 5)
      expect((await access.explain([1], 5)).map(({ viaId }) => viaId)).toEqual([2, 3])
      await access.removeAllVia([2, 3, 99])
      await access.removeAllVia([])
      expect(await access.rowsOf(1)).toEqual([])
    })
  })
}

function grantsSuite(write: Run): void {
  it('keeps one grant per room and user', async () => {
    await write(async ({ access }) => {
      const grant = { roomId: 70, userId: 8, permissions: READ, expireAt: null }
      await access.setGrant(grant)
      await access.setGrant({ ...grant, userId: 9, expireAt: madeAt })
      await access.setGrant({ ...grant, permissions: ALL })
      expect(await access.grantsOf(70)).toEqual([
        { ...grant, permissions: ALL },
        { ...grant, userId: 9, expireAt: madeAt },
      ])
      await access.setGrant({ ...grant, roomId: 71 })
      const held = await access.holdingsIn([70, 71, 72])
      expect(held.map(({ roomId, userId }) => [roomId, userId])).toEqual([
        [70, 8],
        [70, 9],
        [71, 8],
      ])
      expect(await access.holdingsIn([])).toEqual([])
      await access.removeGrants(71)
      await access.setGrant({ ...grant, permissions: 0 })
      expect((await access.grantsOf(70)).map(({ userId }) => userId)).toEqual([9])
      await access.removeGrants(70)
      expect(await access.grantsOf(70)).toEqual([])
    })
  })

  it('counts administrators who stay', async () => {
    await write(async ({ access }) => {
      const admin = { boundaryId: 80, userId: 1, viaId: 80, permissions: ALL, expireAt: null }
      await access.insert([
        admin,
        { ...admin, viaId: 81 },
        { ...admin, userId: 2, expireAt: madeAt + 1e9 },
        { ...admin, userId: 3, permissions: READ },
      ])
      expect(await access.countLastingAdmins(80)).toBe(1)
      expect(await access.countLastingAdmins(81)).toBe(0)
    })
  })
}

function roomsSuite(write: Run): void {
  it('follows inheritance until it breaks', async () => {
    await write(async (tx) => {
      const facts = { quota: null, trashDays: 0, hasActivities: true, outerId: null }
      const inherits = { room: { ...facts, inherit: true } }
      const top = await addRoom(tx, null, 'inheritance')
      const one = await addRoom(tx, top, 'one', inherits)
      const two = await addRoom(tx, one, 'two', inherits)
      const broken = await addRoom(tx, one, 'broken')
      await addRoom(tx, broken, 'below', inherits)
      await addFolder(tx, top, 'folder')
      expect(await tx.access.inheriting(top)).toEqual([top, one, two])
      expect(await tx.access.inheriting(broken)).toHaveLength(2)
      await tx.nodes.markDeleted(two, madeAt, 1)
      expect(await tx.access.inheriting(top)).toEqual([top, one])
    })
  })

  it('finds live rooms with grants that are past their end', async () => {
    await write(async (tx) => {
      const [live, gone] = [await addRoom(tx, null, 'ending'), await addRoom(tx, null, 'gone')]
      const grant = { permissions: READ, expireAt: madeAt + 5 }
      for (const roomId of [live, gone]) await tx.access.setGrant({ ...grant, roomId, userId: 95 })
      await tx.access.setGrant({ ...grant, roomId: live, userId: 96, expireAt: null })
      await tx.nodes.markDeleted(gone, madeAt, 1)
      expect(await tx.access.roomsWithEnded(madeAt + 4)).not.toContain(live)
      expect(await tx.access.roomsWithEnded(madeAt + 5)).toContain(live)
      expect(await tx.access.roomsWithEnded(madeAt + 5)).not.toContain(gone)
    })
  })

  it('finds the top rooms of a user', async () => {
    await write(async (tx) => {
      const top = await addRoom(tx, null, 'top')
      const inner = await addRoom(tx, top, 'inner')
      const expired = await addRoom(tx, null, 'expired top')
      await give(tx, top, 90, READ)
      await give(tx, inner, 90, READ)
      await give(tx, expired, 90, READ, madeAt)
      expect(await tx.access.topRoomsOf(90, madeAt)).toEqual([top])
      expect(await tx.access.topRoomsOf(91, madeAt)).toEqual([])
    })
  })
}
