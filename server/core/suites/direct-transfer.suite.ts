import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BlobStore, DirectTransfer } from '../blobs/blob-store.ts'

export type DirectTransferUnderTest = {
  store: BlobStore & { direct: DirectTransfer }
  /** HTTP PUT as a client does it; answers the etag, throws when refused. */
  send: (url: string, bytes: Uint8Array) => Promise<string>
  /** HTTP GET as a client does it. */
  fetch: (url: string) => Promise<{ bytes: Uint8Array; contentType: string; disposition: string }>
  release?: () => Promise<void>
}

const PART = 5 * 1024 * 1024
const ttlSeconds = 60

/** What a store has to do that lets clients transfer bytes themselves. */
export function directTransferSuite(
  name: string,
  make: () => Promise<DirectTransferUnderTest>,
): void {
  describe(`${name} lets clients transfer directly`, () => {
    let made: DirectTransferUnderTest
    beforeAll(async () => {
      made = await make()
    })
    afterAll(async () => {
      await made.store.close()
      await made.release?.()
    })
    uploads(() => made)
    completions(() => made)
    downloads(() => made)
  })
}

async function begin({ store: { direct } }: DirectTransferUnderTest) {
  const key = randomBytes(16).toString('hex')
  return { key, reference: await direct.begin(key) }
}

function uploads(get: () => DirectTransferUnderTest): void {
  it('makes an object of the parts that a client sent, in any order', async () => {
    const { store, send } = get()
    const upload = await begin(get())
    const [first, second] = [randomBytes(PART), randomBytes(1234)]
    const sendPart = async (partNumber: number, bytes: Uint8Array) => {
      const size = bytes.byteLength
      const url = await store.direct.partUrl({ ...upload, partNumber, size, ttlSeconds })
      return { partNumber, etag: await send(url, bytes) }
    }
    const parts = [await sendPart(2, second), await sendPart(1, first)]
    expect(await store.stat(upload.key)).toBeUndefined()
    expect(await store.direct.parts(upload)).toEqual([
      { partNumber: 1, size: PART, etag: parts[1]!.etag },
      { partNumber: 2, size: 1234, etag: parts[0]!.etag },
    ])
    expect(await store.direct.complete({ ...upload, parts })).toEqual({ size: PART + 1234 })
    const whole = Buffer.concat(await (await store.open(upload.key)).toArray())
    expect(whole.equals(Buffer.concat([first, second]))).toBe(true)
  })

  it('refuses a part of another size than the address was made for', async () => {
    const { store, send } = get()
    const upload = await begin(get())
    const url = await store.direct.partUrl({ ...upload, partNumber: 1, size: 10, ttlSeconds })
    await expect(send(url, Buffer.alloc(11))).rejects.toThrow()
    expect(await store.direct.parts(upload)).toEqual([])
    await store.direct.abort(upload)
  })

  it('lists an upload as unfinished until it is dropped', async () => {
    const { store, send } = get()
    const [dropped, removed] = [await begin(get()), await begin(get())]
    const url = await store.direct.partUrl({ ...dropped, partNumber: 1, ttlSeconds })
    await send(url, Buffer.alloc(10))
    const keys = [dropped.key, removed.key].sort()
    expect((await unfinished(store)).filter((key) => keys.includes(key)).sort()).toEqual(keys)
    await store.direct.abort(dropped)
    await store.direct.abort(dropped)
    await store.remove(removed.key)
    expect((await unfinished(store)).filter((key) => keys.includes(key))).toEqual([])
    const gone = { code: 'blob-missing' }
    await expect(store.direct.parts(dropped)).rejects.toMatchObject(gone)
    await expect(store.direct.parts(removed)).rejects.toMatchObject(gone)
  })
}

function completions(get: () => DirectTransferUnderTest): void {
  it('faults part-mismatch on a wrong etag, a missing part or none, and stays open', async () => {
    const { store, send } = get()
    const upload = await begin(get())
    const url = await store.direct.partUrl({ ...upload, partNumber: 1, ttlSeconds })
    const etag = await send(url, Buffer.from('bytes'))
    const wrong = [
      [{ partNumber: 1, etag: '0'.repeat(32) }],
      [{ partNumber: 2, etag }],
      [
        { partNumber: 1, etag },
        { partNumber: 2, etag },
      ],
      [],
    ]
    for (const parts of wrong) {
      const completed = store.direct.complete({ ...upload, parts })
      await expect(completed).rejects.toMatchObject({ code: 'part-mismatch' })
      expect(await store.stat(upload.key)).toBeUndefined()
    }
    const parts = [{ partNumber: 1, etag }]
    expect(await store.direct.complete({ ...upload, parts })).toEqual({ size: 5 })
  })

  it('answers the same to a completion that is repeated', async () => {
    const { store, send } = get()
    const upload = await begin(get())
    const url = await store.direct.partUrl({ ...upload, partNumber: 1, ttlSeconds })
    const parts = [{ partNumber: 1, etag: await send(url, Buffer.from('bytes')) }]
    for (let turn = 0; turn < 2; turn += 1) {
      expect(await store.direct.complete({ ...upload, parts })).toEqual({ size: 5 })
    }
    expect(await unfinished(store)).not.toContain(upload.key)
  })

  it('faults blob-missing when there is no such upload', async () => {
    const { store } = get()
    const upload = await begin(get())
    await store.direct.abort(upload)
    const parts = [{ partNumber: 1, etag: '0'.repeat(32) }]
    const completed = store.direct.complete({ ...upload, parts })
    await expect(completed).rejects.toMatchObject({ code: 'blob-missing' })
  })

  it('refuses a key of another form', async () => {
    const { direct } = get().store
    await expect(direct.begin('../x')).rejects.toMatchObject({ code: 'bad-key' })
  })
}

function downloads(get: () => DirectTransferUnderTest): void {
  it('answers the object with the name and type that were asked for', async () => {
    const { store, fetch } = get()
    const key = randomBytes(16).toString('hex')
    async function* source() {
      yield Buffer.from('hello')
    }
    await store.put(key, source())
    const url = await store.direct.downloadUrl({
      key,
      ttlSeconds,
      fileName: 'Übersicht "1"; a.txt',
      contentType: 'text/plain',
      disposition: 'attachment',
    })
    const answer = await fetch(url)
    expect(Buffer.from(answer.bytes).toString()).toBe('hello')
    expect(answer.contentType).toBe('text/plain')
    expect(answer.disposition).toBe(
      `attachment; filename="_bersicht _1_; a.txt"; ` +
        `filename*=UTF-8''%C3%9Cbersicht%20%221%22%3B%20a.txt`,
    )
  })
}

async function unfinished(store: BlobStore): Promise<string[]> {
  const keys: string[] = []
  for await (const entry of store.list()) if (entry.unfinished) keys.push(entry.key)
  return keys
}
