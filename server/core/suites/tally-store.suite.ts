import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Tx } from '../store.ts'
import { madeAt, type OpenStoreSubject, type StoreSubject } from './store-subject.suite.ts'

/** What every store of counters has to do. */
export function tallyStoreSuite(name: string, open: OpenStoreSubject): void {
  describe(`${name} keeps tallies`, () => {
    let subject: StoreSubject
    beforeAll(async () => {
      subject = await open()
    })
    afterAll(() => subject.close())

    const write = <T>(fn: (tx: Tx) => Promise<T>) => subject.store.write(subject.tenants[0], fn)
    const read = <T>(fn: (tx: Tx) => Promise<T>) => subject.store.read(subject.tenants[0], fn)
    const nothing = { rooms: 0, folders: 0, files: 0, size: 0, revision: 0, listing: 0 }

    it('begins at nothing, and knows nothing of others', async () => {
      await write((tx) => tx.tallies.create(1, madeAt))
      const found = await read((tx) => tx.tallies.of([1, 2]))
      expect(found).toEqual(new Map([[1, { ...nothing, changedAt: madeAt }]]))
      expect(await read((tx) => tx.tallies.of([]))).toEqual(new Map())
    })

    it('adds to the parent and to all above it', async () => {
      const at = madeAt + 5
      await write(async (tx) => {
        for (const id of [11, 12, 13]) await tx.tallies.create(id, madeAt)
        const ancestorIds = [11, 12, 13]
        const made = { rooms: 1, folders: 2, files: 3, size: 100, at }
        await tx.tallies.apply({ ancestorIds, parentId: 13, ...made })
        await tx.tallies.apply({ ancestorIds, parentId: 12, files: -1, size: -30, at: madeAt })
        await tx.tallies.apply({ ancestorIds: [], parentId: null, rooms: 1, at })
        await tx.tallies.apply({ ancestorIds: [11], parentId: null, size: 1, at })
      })
      const found = await read((tx) => tx.tallies.of([11, 12, 13]))
      expect(found.get(13)).toEqual({
        ...{ rooms: 1, folders: 2, files: 3, size: 70, revision: 2, listing: 1 },
        changedAt: at,
      })
      expect(found.get(12)).toEqual({
        ...nothing,
        ...{ files: -1, size: 70, revision: 2, listing: 1 },
        changedAt: at,
      })
      expect(found.get(11)).toEqual({ ...nothing, size: 71, revision: 3, changedAt: at })
    })

    it('takes paths of any length', async () => {
      const ids = Array.from({ length: 40 }, (_, at) => 1000 + at)
      await write((tx) =>
        tx.tallies.apply({ ancestorIds: ids, parentId: 1039, files: 1, size: 2, at: madeAt }),
      )
      const found = await read((tx) => tx.tallies.of(ids))
      expect([...found.values()].every(({ size, revision }) => size === 2 && revision === 1)).toBe(
        true,
      )
      expect(found.get(1039)).toMatchObject({ files: 1, listing: 1 })
      expect(found.get(1000)).toMatchObject({ files: 0, listing: 0 })
    })

    it('takes over the counts of copies', async () => {
      const tally = { rooms: 0, folders: 1, files: 2, size: 3, revision: 4, listing: 5 }
      await write((tx) => tx.tallies.insertMany([{ id: 21, ...tally, changedAt: 6 }]))
      const found = await read((tx) => tx.tallies.of([21]))
      expect(found.get(21)).toEqual({ ...tally, changedAt: 6 })
    })

    bookingSuite(write, read)
  })
}

type Run = <T>(fn: (tx: Tx) => Promise<T>) => Promise<T>

function bookingSuite(write: Run, read: Run): void {
  it('loses nothing when many write at once', async () => {
    const before = await read((tx) => tx.tallies.tenantBytes())
    await write((tx) => tx.tallies.create(31, madeAt))
    await Promise.all(
      Array.from({ length: 60 }, () =>
        write(async (tx) => {
          const change = { ancestorIds: [31, 32], parentId: 31, files: 1, size: 7, at: madeAt }
          await tx.tallies.apply(change)
          await tx.tallies.book(10)
          await tx.tallies.book(-3)
        }),
      ),
    )
    const found = await read((tx) => tx.tallies.of([31, 32]))
    expect(found.get(31)).toMatchObject({ files: 60, size: 420, revision: 60, listing: 60 })
    expect(found.get(32)).toMatchObject({ files: 0, size: 420, revision: 60, listing: 0 })
    expect(await read((tx) => tx.tallies.tenantBytes())).toBe(before + 420)
  })

  it('lets decisions near a limit see each other', async () => {
    const before = await read((tx) => tx.tallies.tenantBytes())
    const taken = await Promise.all(
      Array.from({ length: 10 }, () =>
        write(async (tx) => {
          await tx.tallies.lock()
          const fits = (await tx.tallies.tenantBytes()) + 10 <= before + 35
          if (fits) await tx.tallies.book(10)
          return fits
        }),
      ),
    )
    expect(taken.filter((fits) => fits)).toHaveLength(3)
    expect(await read((tx) => tx.tallies.tenantBytes())).toBe(before + 30)
  })

  it('books nothing of what is rolled back', async () => {
    const before = await read((tx) => tx.tallies.tenantBytes())
    const failing = write(async (tx) => {
      await tx.tallies.book(1000)
      throw new Error('undone')
    })
    await expect(failing).rejects.toThrow('undone')
    expect(await read((tx) => tx.tallies.tenantBytes())).toBe(before)
  })
}
