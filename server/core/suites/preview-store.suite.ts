import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StoredPicture } from '../previews/preview-store.ts'
import type { Tx } from '../store.ts'
import { madeAt, type OpenStoreSubject, type StoreSubject } from './store-subject.suite.ts'

/** What every store of previews has to do. */
export function previewStoreSuite(name: string, open: OpenStoreSubject): void {
  describe(`${name} keeps previews`, () => {
    let subject: StoreSubject
    beforeAll(async () => {
      subject = await open()
    })
    afterAll(() => subject.close())

    const write = <T>(fn: (tx: Tx) => Promise<T>, tenant: 0 | 1 = 0) =>
      subject.store.write(subject.tenants[tenant], fn)
    const find = (blobId: string, tenant: 0 | 1 = 0) =>
      write((tx) => tx.previews.find(blobId, 'small'), tenant)
    const blob = async (id: string) => {
      const row = { id, size: 3, md5: 'a'.repeat(32), sha256: null, createdAt: madeAt }
      await write((tx) => tx.blobs.insertSmall(row, new Uint8Array([1, 2, 3])))
    }
    const picture = (blobId: string): StoredPicture => ({
      size: 'small',
      blobId,
      mediaType: 'image/png',
      width: 4,
      height: 3,
    })
    const put = (of: string, at: number, ...pictures: StoredPicture[]) =>
      write((tx) => tx.previews.put(of, at, pictures))

    it('tells what was made, the newest, to its tenant alone', async () => {
      await blob('p1')
      await blob('p2')
      expect(await find('a')).toBeUndefined()
      await put('a', 1, picture('p1'))
      await put('a', 2, picture('p2'))
      const { blobId, ...facts } = picture('p2')
      expect(await find('a')).toEqual({
        triedAt: 2,
        picture: { ...facts, blobId, bytes: 3, md5: 'a'.repeat(32) },
      })
      expect(await find('a', 1)).toBeUndefined()
      expect(await write((tx) => tx.previews.find('a', 'large'))).toBeUndefined()
    })

    it('a failure is kept, and takes no picture away', async () => {
      const fail = (of: string, at: number) => write((tx) => tx.previews.putFailure(of, at))
      await fail('b', 1)
      await fail('b', 2)
      expect(await find('b')).toEqual({ triedAt: 2, picture: null })
      await blob('p3')
      await put('b', 3, picture('p3'))
      await fail('b', 4)
      expect(await find('b')).toMatchObject({ triedAt: 4, picture: { blobId: 'p3' } })
    })

    it('a picture whose blob is gone is none', async () => {
      await put('c', 1, picture('nowhere'))
      expect(await find('c')).toBeUndefined()
    })

    it('pictures are kept while their blob is, and go after it', async () => {
      for (const id of ['d', 'p4']) await blob(id)
      await put('d', 1, picture('p4'))
      const remove = (...ids: string[]) =>
        write(async (tx) => (await tx.blobs.removeUnreferenced(ids, 10, 10)).blobs)
      const found = async () =>
        (await write((tx) => tx.blobs.findUnreferenced('', 100))).ids.filter((id) =>
          ['d', 'p4'].includes(id),
        )
      expect(await found()).toEqual(['d'])
      expect([await remove('d', 'p4'), await remove('d', 'p4')]).toEqual([0, 1])
      expect(await find('d')).toBeUndefined()
      expect(await found()).toEqual(['p4'])
      expect([await remove('p4'), await remove('p4')]).toEqual([0, 1])
    })
  })
}
