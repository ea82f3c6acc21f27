import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ArchiveOrder } from '../downloads/archive-store.ts'
import type { Tx } from '../store.ts'
import type { OpenStoreSubject, StoreSubject } from './store-subject.suite.ts'

type Write = <T>(fn: (tx: Tx) => Promise<T>) => Promise<T>

/** What the stores of archives have to do, apart from each other and per tenant. */
export function feedStoresSuite(name: string, open: OpenStoreSubject): void {
  describe(`stores of what is made for somebody on ${name}`, () => {
    let subject: StoreSubject
    beforeAll(async () => {
      subject = await open()
    })
    afterAll(() => subject.close())
    const write: Write = (fn) => subject.store.write(subject.tenants[0], fn)
    const other: Write = (fn) => subject.store.write(subject.tenants[1], fn)
    archives(write, other)
  })
}

function archives(write: Write, other: Write): void {
  const order: Omit<ArchiveOrder, 'id'> = {
    holder: 'u7',
    nodeIds: [3, 2 ** 50],
    name: 'Ünï.zip',
    createdAt: 5,
    expireAt: 1000,
    state: 'ordered',
    size: 0,
    sent: 0,
  }

  it('keeps an archive as it was ordered, for its tenant only', async () => {
    const made = await write(async (tx) => {
      const whole = { ...order, id: await tx.archives.takeId() }
      await tx.archives.insert(whole, 'digest')
      return whole
    })
    await other(async (tx) => {
      expect(await tx.archives.findByDigest('digest')).toBeUndefined()
      expect(await tx.archives.ofHolder('u7', 0, 10)).toEqual([])
      await tx.archives.update(made.id, { state: 'failed' })
      await tx.archives.remove(made.id)
      expect(await tx.archives.removeExpired(1e15, 10)).toBe(0)
    })
    await write(async (tx) => {
      expect(await tx.archives.findByDigest('digest')).toEqual(made)
      const progress = { state: 'running', size: 2 ** 45, sent: 12 } as const
      await tx.archives.update(made.id, progress)
      expect(await tx.archives.findByDigest('digest')).toEqual({ ...made, ...progress })
      await tx.archives.remove(made.id)
      expect(await tx.archives.findByDigest('digest')).toBeUndefined()
    })
  })

  it('lists those of a holder, the newest first, until they expire', async () => {
    await write(async (tx) => {
      const ids: number[] = []
      for (const [at, holder] of ['u1', 'u1', 'u2', 'u1'].entries()) {
        const id = await tx.archives.takeId()
        ids.push(id)
        await tx.archives.insert({ ...order, id, holder, expireAt: 100 + at }, `d${at}`)
      }
      const list = async (now: number, limit = 10) =>
        (await tx.archives.ofHolder('u1', now, limit)).map(({ id }) => ids.indexOf(id))
      expect(await list(0)).toEqual([3, 1, 0])
      expect(await list(0, 2)).toEqual([3, 1])
      expect(await list(101)).toEqual([3])
      expect(await tx.archives.removeExpired(102, 2)).toBe(2)
      expect(await tx.archives.removeExpired(102, 2)).toBe(1)
      expect(await tx.archives.removeExpired(102, 2)).toBe(0)
      expect(await list(0)).toEqual([3])
    })
  })
}
