import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Tx } from '../store.ts'
import { madeAt, type OpenStoreSubject, type StoreSubject } from './store-subject.suite.ts'

/** What every store of values has to do. */
export function valueStoreSuite(name: string, open: OpenStoreSubject): void {
  describe(`${name} keeps values`, () => {
    let subject: StoreSubject
    beforeAll(async () => {
      subject = await open()
    })
    afterAll(() => subject.close())

    const write = <T>(fn: (tx: Tx) => Promise<T>, tenant: 0 | 1 = 0) =>
      subject.store.write(subject.tenants[tenant], fn)
    const one = { userId: 1 }
    const two = { userId: 2 }

    it('answers what was there before it writes', async () => {
      const put = (value: string) => write((tx) => tx.values.put(one, 'a', value, madeAt))
      expect(await put('first')).toBeUndefined()
      expect(await put('')).toBe('first')
      expect(await put('third')).toBe('')
      expect(await write((tx) => tx.values.find(one, 'a'))).toBe('third')
    })

    it('keeps owners and tenants apart', async () => {
      await write((tx) => tx.values.put(one, 'b', 'one', madeAt))
      await write((tx) => tx.values.put('tenant', 'b', 'tenant', madeAt))
      expect(await write((tx) => tx.values.find(two, 'b'))).toBeUndefined()
      expect(await write((tx) => tx.values.find('tenant', 'b'))).toBe('tenant')
      expect(await write((tx) => tx.values.find('tenant', 'b'), 1)).toBeUndefined()
    })

    it('tells keys apart by every letter', async () => {
      await write((tx) => tx.values.put(two, 'Key', 'large', madeAt))
      await write((tx) => tx.values.put(two, 'key', 'small', madeAt))
      expect(await write((tx) => tx.values.count(two))).toBe(2)
      expect(await write((tx) => tx.values.find(two, 'Key'))).toBe('large')
    })

    it('removes what a user leaves, and nothing else', async () => {
      await write((tx) => tx.values.removeOf(2))
      expect(await write((tx) => tx.values.count(two))).toBe(0)
      expect(await write((tx) => tx.values.find(one, 'a'))).toBe('third')
      expect(await write((tx) => tx.values.find('tenant', 'b'))).toBe('tenant')
    })
  })
}
