import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Code } from '../codes/code.ts'
import type { Tx } from '../store.ts'
import { madeAt, type OpenStoreSubject, type StoreSubject } from './store-subject.suite.ts'

/** What every store of one-time codes has to do. */
export function codeStoreSuite(name: string, open: OpenStoreSubject): void {
  describe(`${name} keeps codes`, () => {
    let subject: StoreSubject
    beforeAll(async () => {
      subject = await open()
    })
    afterAll(() => subject.close())

    const write = <T>(fn: (tx: Tx) => Promise<T>) => subject.store.write(subject.tenants[0], fn)
    const read = <T>(fn: (tx: Tx) => Promise<T>) => subject.store.read(subject.tenants[0], fn)
    const other = <T>(fn: (tx: Tx) => Promise<T>) => subject.store.write(subject.tenants[1], fn)
    const add = (secret: string, members: Partial<Code> = {}, short: string | null = null) =>
      write(async (tx) => {
        const code: Code = {
          id: await tx.codes.takeId(),
          purpose: 'confirm',
          userId: 4,
          createdAt: madeAt,
          expireAt: madeAt + 1000,
          failures: 0,
          consumedAt: null,
          data: { a: 'é' },
          ...members,
        }
        await tx.codes.insert(code, { secret, short })
        return code
      })

    it('finds a code by secret, by short text, and the newest of a user', async () => {
      const first = await add('s1', {}, 'x')
      const second = await add('s2', { purpose: 'leave' })
      const third = await add('s3')
      const kept = { code: first, shortDigest: 'x' }
      expect(await read((tx) => tx.codes.findBySecret('s1'))).toEqual(kept)
      expect(await read((tx) => tx.codes.findByShort('confirm', 'x'))).toEqual(kept)
      expect(await read((tx) => tx.codes.findByShort('leave', 'x'))).toBeUndefined()
      const newest = await read((tx) => tx.codes.newestOf(4, 'confirm'))
      expect(newest).toEqual({ code: third, shortDigest: null })
      expect((await read((tx) => tx.codes.newestOf(4, 'leave')))?.code).toEqual(second)
      expect(await read((tx) => tx.codes.newestOf(5, 'leave'))).toBeUndefined()
      expect(await write((tx) => tx.codes.hold(second.id))).toEqual(second)
    })

    it('is consumed once and taken once, of many at once', async () => {
      const { id } = await add('once')
      const uses = Array.from({ length: 8 }, () => write((tx) => tx.codes.consume(id, madeAt + 1)))
      expect((await Promise.all(uses)).filter(Boolean)).toHaveLength(1)
      expect((await write((tx) => tx.codes.hold(id)))?.consumedAt).toBe(madeAt + 1)
      const waiting = await add('waiting', { purpose: 'pair-device', userId: null })
      const takes = [7, 8].map((user) => write((tx) => tx.codes.take(waiting.id, user)))
      expect((await Promise.all(takes)).filter(Boolean)).toHaveLength(1)
    })

    it('counts failures, all of them', async () => {
      const { id } = await add('failing')
      await Promise.all(Array.from({ length: 6 }, () => write((tx) => tx.codes.fail(id))))
      expect((await write((tx) => tx.codes.hold(id)))?.failures).toBe(6)
    })

    it('removes those of a user, and what is past its end', async () => {
      await add('r1', { userId: 9 })
      await add('r2', { userId: 9, purpose: 'leave' })
      await write((tx) => tx.codes.removeOf(9, 'leave'))
      expect(await read((tx) => tx.codes.newestOf(9, 'leave'))).toBeUndefined()
      await write((tx) => tx.codes.removeOf(9))
      expect(await read((tx) => tx.codes.findBySecret('r1'))).toBeUndefined()
      await add('e1', { expireAt: 5 })
      await add('e2', { expireAt: 6 })
      expect(await write((tx) => tx.codes.removeExpired(6, 1))).toBe(1)
      expect(await write((tx) => tx.codes.removeExpired(6, 9))).toBe(1)
    })

    it('keeps tenants apart', async () => {
      const mine = await add('mine', {}, 'short')
      const seen = await other(async (tx) => {
        await tx.codes.fail(mine.id)
        await tx.codes.removeOf(4)
        await tx.codes.removeExpired(madeAt * 2, 99)
        return [
          await tx.codes.findBySecret('mine'),
          await tx.codes.findByShort('confirm', 'short'),
          await tx.codes.newestOf(4, 'confirm'),
          await tx.codes.hold(mine.id),
          await tx.codes.consume(mine.id, madeAt),
          await tx.codes.take(mine.id, 1),
        ]
      })
      expect(seen).toEqual([undefined, undefined, undefined, undefined, false, false])
      expect((await read((tx) => tx.codes.findBySecret('mine')))?.code).toEqual(mine)
    })
  })
}
