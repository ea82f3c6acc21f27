import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emptyProfile } from '../profiles/profile.ts'
import type { Tx } from '../store.ts'
import { madeAt, type OpenStoreSubject, type StoreSubject } from './store-subject.suite.ts'

/** What every store of profiles has to do. */
export function profileStoreSuite(name: string, open: OpenStoreSubject): void {
  describe(`${name} keeps profiles`, () => {
    let subject: StoreSubject
    beforeAll(async () => {
      subject = await open()
    })
    afterAll(() => subject.close())

    const write = <T>(fn: (tx: Tx) => Promise<T>) => subject.store.write(subject.tenants[0], fn)
    const full = {
      details: { bio: 'é', address: { city: 'Ulm' } },
      settings: { a: [1, null] },
      colors: [{ id: 1, rgba: 'rgba(0,0,0,1)', hex: '#000', at: madeAt }],
      fonts: [{ id: 2, name: 'Serif', at: madeAt }],
      updatedAt: madeAt,
    }

    it('is empty before it is written, and what was written after', async () => {
      expect(await write((tx) => tx.profiles.find(1))).toEqual(emptyProfile)
      expect(await write((tx) => tx.profiles.hold(1))).toEqual(emptyProfile)
      await write((tx) => tx.profiles.put(1, full))
      expect(await write((tx) => tx.profiles.find(1))).toEqual(full)
      expect(await write((tx) => tx.profiles.find(2))).toEqual(emptyProfile)
    })

    it('loses no change of many at once', async () => {
      const add = (member: string) =>
        write(async (tx) => {
          const { settings, ...rest } = await tx.profiles.hold(3)
          await tx.profiles.put(3, { ...rest, settings: { ...settings, [member]: 1 } })
        })
      await Promise.all(['a', 'b', 'c', 'd', 'e'].map(add))
      const { settings } = await write((tx) => tx.profiles.find(3))
      expect(Object.keys(settings).sort()).toEqual(['a', 'b', 'c', 'd', 'e'])
    })

    it('keeps tenants apart', async () => {
      await write((tx) => tx.profiles.put(1, full))
      await subject.store.write(subject.tenants[1], async (tx) => {
        expect(await tx.profiles.find(1)).toEqual(emptyProfile)
        await tx.profiles.put(1, emptyProfile)
      })
      expect(await write((tx) => tx.profiles.find(1))).toEqual(full)
    })
  })
}
