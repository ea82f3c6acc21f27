import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Tx } from '../store.ts'
import { madeAt, type OpenStoreSubject, type StoreSubject } from './store-subject.suite.ts'

/** What every store of feedback has to do. */
export function feedbackStoreSuite(name: string, open: OpenStoreSubject): void {
  describe(`${name} keeps feedback`, () => {
    let subject: StoreSubject
    beforeAll(async () => {
      subject = await open()
    })
    afterAll(() => subject.close())

    const write = <T>(fn: (tx: Tx) => Promise<T>, tenant: 0 | 1 = 0) =>
      subject.store.write(subject.tenants[tenant], fn)
    const add = (userId: number, comment: string, tenant: 0 | 1 = 0) =>
      write(async (tx) => {
        const id = await tx.feedback.takeId()
        const text = { name: 'Ann', email: `${comment}@example.test`, comment }
        await tx.feedback.insert({ id, userId, ...text, createdAt: madeAt })
      }, tenant)
    const comments = (descending: boolean, by: 'createdAt' | 'userId' | 'email' = 'createdAt') =>
      write(async (tx) => {
        const rows = await tx.feedback.page({ by, descending }, { offset: 0, limit: 10 })
        return rows.map(({ comment }) => comment)
      })

    it('pages in the order that is asked for', async () => {
      await add(2, 'a')
      await add(1, 'c')
      await add(2, 'b')
      await add(1, 'elsewhere', 1)
      expect(await comments(false)).toEqual(['a', 'c', 'b'])
      expect(await comments(true)).toEqual(['b', 'c', 'a'])
      expect(await comments(false, 'userId')).toEqual(['c', 'a', 'b'])
      expect(await comments(true, 'email')).toEqual(['c', 'b', 'a'])
      expect(await write((tx) => tx.feedback.count())).toBe(3)
      const second = { offset: 1, limit: 1 }
      const [row] = await write((tx) =>
        tx.feedback.page({ by: 'createdAt', descending: false }, second),
      )
      expect(row).toMatchObject({ userId: 1, name: 'Ann', email: 'c@example.test' })
    })

    it('drops the oldest of one user', async () => {
      await write((tx) => tx.feedback.removeOldest(2, 1))
      expect(await comments(false)).toEqual(['c', 'b'])
      await write((tx) => tx.feedback.removeOldest(1, 1))
      expect(await comments(false)).toEqual(['c', 'b'])
    })
  })
}
