import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ContactQuery } from '../contacts/contact-store.ts'
import type { Tx } from '../store.ts'
import {
  addFile,
  addRoom,
  give,
  madeAt,
  type OpenStoreSubject,
  type StoreSubject,
} from './store-subject.suite.ts'
import { newUser } from './user-store.suite.ts'

/** What every store of contacts and of news has to do. */
export function contactStoreSuite(name: string, open: OpenStoreSubject): void {
  describe(`${name} knows who knows whom, and what is new`, () => {
    let subject: StoreSubject
    let room: number
    let other: number
    beforeAll(async () => {
      subject = await open()
      await write(async (tx) => {
        for (const [id, userName] of [
          [1, 'ann'],
          [2, 'Bob'],
          [3, 'cleo'],
          [4, 'dan'],
        ] as const) {
          const email = `${userName}@mail.test`
          await tx.users.insert(newUser({ id, userName, lastName: `L${id}`, email }), null)
        }
        room = await addRoom(tx, null, 'room')
        other = await addRoom(tx, null, 'other')
        await give(tx, room, 1, 1)
        await give(tx, room, 2, 1)
        await give(tx, room, 4, 1, madeAt)
        await give(tx, other, 1, 0)
        await give(tx, other, 3, 1)
      })
    })
    afterAll(() => subject.close())

    const write = <T>(fn: (tx: Tx) => Promise<T>) => subject.store.write(subject.tenants[0], fn)
    const ids = (more: Partial<ContactQuery> = {}, page = { offset: 0, limit: 9 }) =>
      write(async (tx) => {
        const query = { userId: 1, everybody: false, now: madeAt + 1, ...more }
        return (await tx.contacts.page(query, page)).map(({ id }) => id)
      })

    it('who sees the same room, now, with more than passage', async () => {
      expect(await ids()).toEqual([2])
      expect(await ids({ now: madeAt - 1 })).toEqual([2, 4])
      expect(await ids({ userId: 3 })).toEqual([])
      expect(await ids({ everybody: true })).toEqual([2, 3, 4])
      expect(await ids({ everybody: true, ids: [3, 1] })).toEqual([3])
      expect(await ids({ everybody: true }, { offset: 1, limit: 1 })).toEqual([3])
    })

    it('by the start of a name', async () => {
      const everybody = true
      expect(await ids({ everybody, prefixKey: 'bo' })).toEqual([2])
      expect(await ids({ everybody, prefixKey: 'l3' })).toEqual([3])
      expect(await ids({ everybody, prefixKey: 'dan@' })).toEqual([4])
      expect(await ids({ everybody, prefixKey: '%' })).toEqual([])
      expect(await ids({ prefixKey: 'cle' })).toEqual([])
    })

    it('files of others are news until they are seen', async () => {
      const by = { at: madeAt, address: '', userAgent: '' }
      let files = 0
      const bring = (roomId: number, actorId: number | null) =>
        write(async (tx) => {
          files += 1
          const nodeId = await addFile(tx, roomId, `f${files}`)
          await tx.events.append([{ type: 'file.created', nodeId, roomId }], { ...by, actorId })
        })
      const news = () => write((tx) => tx.news.unseen(1, madeAt + 1))
      await bring(room, 2)
      await bring(room, 1)
      await bring(room, null)
      await bring(other, 3)
      const [first, ...rest] = await news()
      expect([first, ...rest]).toHaveLength(1)
      expect(first).toMatchObject({ roomId: room, count: 2 })
      await write((tx) => tx.news.markSeen(1, room))
      expect(await news()).toEqual([])
      await bring(room, 2)
      expect(await news()).toMatchObject([{ count: 1 }])
      await write((tx) => tx.news.markSeen(1, null))
      expect(await news()).toEqual([])
      await bring(room, 2)
      await subject.store.write(subject.tenants[1], async (tx) => {
        await tx.news.markSeen(1, null)
        expect(await tx.news.unseen(1, madeAt + 1)).toEqual([])
        const query = { userId: 1, everybody: true, now: madeAt }
        expect(await tx.contacts.page(query, { offset: 0, limit: 9 })).toEqual([])
      })
      expect(await news()).toMatchObject([{ count: 1 }])
    })
  })
}
