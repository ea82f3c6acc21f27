import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BlobRow } from '../blobs/blob-row-store.ts'
import type { Tx } from '../store.ts'
import type { Upload, UploadPart } from '../uploads/upload.ts'
import type { OpenStoreSubject, StoreSubject } from './store-subject.suite.ts'

const openUpload: Omit<Upload, 'id'> = {
  state: 'open',
  parentId: 5,
  name: 'Ünï.txt',
  userId: 7,
  exportId: null,
  linkId: null,
  size: 2 ** 40,
  md5: 'a'.repeat(32),
  mediaType: 'text/plain',
  clientCreatedAt: -5,
  clientModifiedAt: 6,
  notes: 'n',
  classification: 3,
  expireAt: 9,
  onClash: 'rename',
  expectVersion: 11,
  direct: true,
  directKey: 'b'.repeat(32),
  directReference: 'reference',
  received: 0,
  partCount: 0,
  reserved: 2 ** 40,
  createdAt: 1,
  expiresAt: 1000,
  nodeId: null,
  failure: null,
}

const blobOf = (id: string, more: Partial<BlobRow> = {}): BlobRow => ({
  id: id.repeat(32),
  size: 3,
  md5: null,
  sha256: null,
  createdAt: 1,
  ...more,
})

/** What the stores of uploads, blobs and jobs have to do, apart from each other and per tenant. */
export function transferStoresSuite(name: string, open: OpenStoreSubject): void {
  describe(`stores of transfers on ${name}`, () => {
    let subject: StoreSubject
    beforeAll(async () => {
      subject = await open()
    })
    afterAll(() => subject.close())
    const write = <T>(fn: (tx: Tx) => Promise<T>) => subject.store.write(subject.tenants[0], fn)
    const other = <T>(fn: (tx: Tx) => Promise<T>) => subject.store.write(subject.tenants[1], fn)
    uploads(write, other)
    blobs(write, other, () => subject)
    jobs(write, other)
  })
}

type Write = <T>(fn: (tx: Tx) => Promise<T>) => Promise<T>

function uploads(write: Write, other: Write): void {
  it('keeps an upload as it is, for its tenant only', async () => {
    const upload = await write(async (tx) => {
      const made = { ...openUpload, id: await tx.uploads.takeId() }
      await tx.uploads.insert(made, 'digest')
      return made
    })
    const { id } = upload
    const found = { ...upload, userUntil: 0 }
    expect(await write((tx) => tx.uploads.find(id))).toEqual(found)
    expect(await write((tx) => tx.uploads.findByToken('digest'))).toEqual(found)
    expect(await write((tx) => tx.uploads.findForUpdate(id))).toEqual(found)
    await other(async (tx) => {
      const none = { state: 'failed', nodeId: 1, failure: 'x', reserved: 0 } as const
      await tx.uploads.setState(id, none)
      await tx.uploads.setProgress(id, { received: 1, partCount: 1, reserved: 1, expiresAt: 1 })
      await tx.uploads.remove(id)
      expect(await tx.uploads.find(id)).toBeUndefined()
      expect(await tx.uploads.findByToken('digest')).toBeUndefined()
    })
    const progress = { received: 5, partCount: 2, reserved: 5, expiresAt: 2000 }
    const end = { state: 'done', nodeId: 12, failure: null, reserved: 0 } as const
    await write(async (tx) => {
      await tx.uploads.setProgress(id, progress)
      expect(await tx.uploads.find(id)).toEqual({ ...upload, ...progress, userUntil: 0 })
      await tx.uploads.setState(id, end)
      expect(await tx.uploads.expired(1999, 10)).toEqual([])
      expect(await tx.uploads.expired(2000, 10)).toEqual([{ ...upload, ...progress, ...end }])
      await tx.uploads.remove(id)
      expect(await tx.uploads.find(id)).toBeUndefined()
    })
  })

  it('keeps parts in their order and replaces them', async () => {
    const part = (position: number, more: Partial<UploadPart>): UploadPart => ({
      position,
      offset: position * 2,
      size: 2,
      key: null,
      bytes: null,
      md5: 'x',
      ...more,
    })
    const [b, a] = [part(1, { key: 'k1' }), part(0, { bytes: new Uint8Array([1, 255]) })]
    await write(async ({ uploads: store }) => {
      for (const one of [b, a, part(2, { key: 'k2' })]) await store.putPart(90, one)
      await store.putPart(91, part(0, { key: 'k3' }))
      await store.removePartsFrom(90, 2)
      expect((await store.parts(90)).map(plain)).toEqual([a, b].map(plain))
      expect(await store.partTags(90)).toEqual([
        { position: 0, md5: 'x' },
        { position: 1, md5: 'x' },
      ])
      expect(await store.findPart(90, 1)).toEqual({ key: 'k1', size: 2 })
      expect(await store.findPart(90, 5)).toBeUndefined()
      await store.putPart(90, part(1, { bytes: new Uint8Array([9]), size: 1 }))
      expect((await store.parts(90)).map(plain)[1]).toMatchObject({ key: null, bytes: [9] })
      expect(await store.parts(91)).toHaveLength(1)
    })
    expect(await other((tx) => tx.uploads.parts(90))).toEqual([])
  })

  it('adds up what is reserved in rooms', async () => {
    await write(async (tx) => {
      const ids: number[] = []
      for (const reserved of [10, 20]) {
        const id = await tx.uploads.takeId()
        await tx.uploads.insert({ ...openUpload, id, reserved }, `digest ${id}`)
        await tx.uploads.setRooms(id, reserved === 10 ? [1, 2] : [2])
        ids.push(id)
      }
      expect(await tx.uploads.reservedIn([1, 2, 3], null)).toEqual(
        new Map([
          [1, 10],
          [2, 30],
        ]),
      )
      expect(await tx.uploads.reservedIn([1, 2], ids[0]!)).toEqual(new Map([[2, 20]]))
      await tx.uploads.remove(ids[1]!)
      expect(await tx.uploads.reservedIn([2], null)).toEqual(new Map([[2, 10]]))
    })
    expect(await other((tx) => tx.uploads.reservedIn([1, 2], null))).toEqual(new Map())
  })
}

function plain(part: UploadPart) {
  return { ...part, bytes: part.bytes && [...part.bytes] }
}

function blobs(write: Write, other: Write, get: () => StoreSubject): void {
  it('keeps small blobs and segments, and finds nothing of another tenant', async () => {
    const [small, large] = [blobOf('a'), blobOf('b', { size: 1200 })]
    const segments = Array.from({ length: 600 }, (_, at) => ({ key: `key-${at}`, size: 2 }))
    await write(async (tx) => {
      await tx.blobs.insertSmall(small, new Uint8Array([1, 2, 3]))
      await tx.blobs.insert(large, segments)
    })
    await write(async (tx) => {
      expect(await tx.blobs.find(small.id)).toEqual(small)
      const content = await tx.blobs.content(small.id)
      expect(content && 'bytes' in content && [...content.bytes]).toEqual([1, 2, 3])
      expect(await tx.blobs.content(large.id)).toEqual({ segments })
      await tx.blobs.setHashes(large.id, 'm', 's')
      expect(await tx.blobs.find(large.id)).toEqual({ ...large, md5: 'm', sha256: 's' })
      const wanted = [small.id, 'none', large.id]
      expect(await tx.blobs.keep(wanted)).toEqual(new Set([small.id, large.id]))
    })
    await other(async (tx) => {
      expect(await tx.blobs.find(small.id)).toBeUndefined()
      expect(await tx.blobs.content(small.id)).toBeUndefined()
      expect(await tx.blobs.keep([small.id])).toEqual(new Set())
      expect((await tx.blobs.findUnreferenced('', 10)).ids).toEqual([])
      expect((await tx.blobs.removeUnreferenced([small.id], 9, 9)).blobs).toBe(0)
    })
  })

  it('goes through blobs page by page and removes what was unreferenced long enough', async () => {
    await write(async (tx) => {
      const first = await tx.blobs.findUnreferenced('', 1)
      expect(first).toEqual({ ids: ['a'.repeat(32)], next: 'a'.repeat(32) })
      const rest = await tx.blobs.findUnreferenced('a'.repeat(32), 5)
      expect(rest).toEqual({ ids: ['b'.repeat(32)], next: null })
    })
    const ids = ['a'.repeat(32), 'b'.repeat(32)]
    await write(async (tx) => {
      expect((await tx.blobs.removeUnreferenced(ids, 100, 99)).blobs).toBe(0)
      expect((await tx.blobs.removeUnreferenced(ids, 150, 99)).blobs).toBe(0)
      const gone = await tx.blobs.removeUnreferenced(ids, 200, 100)
      expect([gone.blobs, gone.segments.length]).toEqual([2, 600])
      expect(await tx.blobs.keep(ids)).toEqual(new Set())
    })
  })

  it('says which keys are referred to, of any tenant and by anything', async () => {
    const { tenants } = get().store
    const keys = ['segment', 'part', 'direct', 'held'].map((key) => `reach-${key}`)
    const [segment, part, direct, held] = keys as [string, string, string, string]
    await write(async (tx) => {
      await tx.blobs.insert(blobOf('c'), [{ key: segment, size: 3 }])
      const row = { position: 0, offset: 0, size: 1, key: part, bytes: null, md5: '' }
      await tx.uploads.putPart(500, row)
    })
    await other(async (tx) => {
      const id = await tx.uploads.takeId()
      await tx.uploads.insert({ ...openUpload, id, directKey: direct }, `digest ${id}`)
      await tx.blobs.holdKey(held, 100)
      await tx.blobs.holdKey(held, 200)
    })
    expect(await tenants.reachable([...keys, 'nothing'])).toEqual(new Set(keys))
    expect(await tenants.reachable([])).toEqual(new Set())
    expect(await tenants.segments('reach', 5)).toEqual([{ key: segment, size: 3 }])
    await other(async (tx) => {
      await tx.blobs.removeHolds(199)
      expect(await tx.blobs.releaseKey(held)).toBe(true)
      expect(await tx.blobs.releaseKey(held)).toBe(false)
    })
    expect(await tenants.reachable([held])).toEqual(new Set())
  })
}

function jobs(write: Write, other: Write): void {
  it('leases jobs in the order in which they are due, each to one holder', async () => {
    await write(async (tx) => {
      await tx.jobs.enqueue('finish-upload', { uploadId: 2 }, 200)
      await tx.jobs.enqueue('finish-upload', { uploadId: 1, name: 'x' }, 100, 'one')
      await tx.jobs.enqueue('finish-upload', { uploadId: 3 }, 50, 'one')
    })
    expect(await write((tx) => tx.jobs.count())).toBe(2)
    expect(await other((tx) => tx.jobs.lease(500, 10))).toBeUndefined()
    expect(await write((tx) => tx.jobs.isDue(99))).toBe(false)
    expect(await write((tx) => tx.jobs.lease(99, 10))).toBeUndefined()
    const leases = await Promise.all(
      Array.from({ length: 5 }, () => write((tx) => tx.jobs.lease(300, 10))),
    )
    const taken = leases.filter((job) => job !== undefined)
    expect(taken.map(({ payload }) => payload)).toEqual(
      expect.arrayContaining([{ uploadId: 1, name: 'x' }, { uploadId: 2 }]),
    )
    expect(taken).toHaveLength(2)
    expect(taken[0]).toMatchObject({ attempts: 1, fence: 1, leaseUntil: 10_300 })
    expect(await write((tx) => tx.jobs.isDue(10_299))).toBe(false)
    expect(await write((tx) => tx.jobs.isDue(10_300))).toBe(true)
  })

  it('lets only the newest fence go on', async () => {
    const job = (await write((tx) => tx.jobs.lease(10_300, 10)))!
    const { id, fence } = job
    expect(fence).toBe(2)
    await write(async ({ jobs: store }) => {
      expect(await store.finish(id, 1)).toBe(false)
      expect(await store.extend(id, 1, 99_999)).toBe(false)
      expect(await store.retry(id, 1, 0, 'late')).toBe(false)
      expect(await store.holds(id, 1, 10_301)).toBe(false)
      expect(await store.holds(id, fence, 10_301)).toBe(true)
      expect(await store.extend(id, fence, 30_000)).toBe(true)
      expect(await store.holds(id, fence, 29_999)).toBe(true)
      expect(await store.holds(id, fence, 30_000)).toBe(false)
    })
    expect(await other((tx) => tx.jobs.finish(id, fence))).toBe(false)
    await write(async ({ jobs: store }) => {
      expect(await store.retry(id, fence, 50_000, 'broken')).toBe(true)
      expect(await store.isDue(49_999)).toBe(true)
      const first = (await store.lease(50_001, 1))!
      const second = (await store.lease(50_001, 1))!
      const again = [first, second].find((one) => one.id === id)!
      expect(again).toMatchObject({ fence: 3, attempts: 3, lastError: 'broken' })
      expect(await store.finish(id, 3)).toBe(true)
      expect(await store.finish(id, 3)).toBe(false)
      expect(await store.count()).toBe(1)
    })
  })

  it('puts behind the others what gives way, as if it had never been tried', async () => {
    await write(async ({ jobs: store }) => {
      await store.enqueue('task', { task: 1 }, 60_000)
      await store.enqueue('task', { task: 2 }, 60_001)
      const first = (await store.lease(60_001, 10, 'tasks'))!
      expect(first.payload).toEqual({ task: 1 })
      expect(await store.putBehind(first.id, first.fence + 1, 60_002)).toBe(false)
      expect(await store.putBehind(first.id, first.fence, 60_002)).toBe(true)
      const second = (await store.lease(60_002, 10, 'tasks'))!
      const again = (await store.lease(60_002, 10, 'tasks'))!
      expect(second.payload).toEqual({ task: 2 })
      expect(again).toMatchObject({ id: first.id, attempts: 1, fence: first.fence + 1 })
      for (const { id, fence } of [second, again]) await store.finish(id, fence)
    })
  })

  it('leases anew what a dead process held', async () => {
    expect(await write((tx) => tx.jobs.lease(50_001, 1))).toBeUndefined()
    await other((tx) => tx.jobs.releaseAll())
    expect(await write((tx) => tx.jobs.lease(50_001, 1))).toBeUndefined()
    await write((tx) => tx.jobs.releaseAll())
    expect(await write((tx) => tx.jobs.lease(50_001, 1))).toMatchObject({ leaseUntil: 51_001 })
  })

  it('removes a job by its key, from who holds it too', async () => {
    await write((tx) => tx.jobs.enqueue('sweep', {}, 0, 'keyed'))
    const job = (await write((tx) => tx.jobs.lease(0, 1)))!
    await other((tx) => tx.jobs.drop('keyed'))
    expect(await write((tx) => tx.jobs.extend(job.id, job.fence, 9))).toBe(true)
    await write((tx) => tx.jobs.drop('keyed'))
    expect(await write((tx) => tx.jobs.finish(job.id, job.fence))).toBe(false)
  })
}
