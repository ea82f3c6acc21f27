import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BlobEntry, BlobStore } from '../blobs/blob-store.ts'

export type BlobStoreUnderTest = {
  store: BlobStore
  /** Ends what the factory started; called after the store is closed. */
  release?: () => Promise<void>
}

/** The largest objects of the suite: some stores change their ways at 8 MiB. */
const LARGE = 9 * 1024 * 1024 + 7
const SIZES = [0, 1, 65_536, 1_048_575, 1_048_577, 8 * 1024 * 1024, LARGE]

/** What every byte store has to do. */
export function blobStoreSuite(name: string, make: () => Promise<BlobStoreUnderTest>): void {
  describe(`${name} is a blob store`, () => {
    let made: BlobStoreUnderTest
    beforeAll(async () => {
      made = await make()
    })
    afterAll(async () => {
      await made.store.close()
      await made.release?.()
    })
    const get = () => made.store
    describe('keeping and reading', () => keeping(get))
    describe('refusing and failing', () => failing(get))
    describe('listing and removing', () => listing(get))
  })
}

function keeping(get: () => BlobStore): void {
  it.each(SIZES)('keeps %i bytes as they were', async (size) => {
    const key = newKey()
    const bytes = randomBytes(size)
    const before = Date.now()
    expect(await get().put(key, pieces(bytes, 65_536), { size })).toEqual({ size })
    expect(digest(await read(get(), key))).toBe(digest(bytes))
    const facts = await get().stat(key)
    expect(facts?.size).toBe(size)
    expect(Math.abs((facts?.modifiedAt ?? 0) - before)).toBeLessThan(60_000)
  })

  it('takes chunks of one byte, empty ones and one of many megabytes', async () => {
    const [small, large] = [newKey(), newKey()]
    await get().put(small, pieces(Buffer.from('abcdef'.repeat(700)), 1))
    expect((await read(get(), small)).toString()).toBe('abcdef'.repeat(700))
    const bytes = randomBytes(LARGE)
    await get().put(large, chunks(Buffer.alloc(0), bytes, Buffer.alloc(0)))
    expect(digest(await read(get(), large))).toBe(digest(bytes))
  })

  it('reads ranges, the end of which may lie behind the last byte', async () => {
    const key = newKey()
    await get().put(key, chunks(Buffer.from('0123456789')))
    const range = async (start: number, end: number) =>
      (await read(get(), key, { start, end })).toString()
    expect(await range(0, 0)).toBe('0')
    expect(await range(3, 5)).toBe('345')
    expect(await range(0, 9)).toBe('0123456789')
    expect(await range(9, 1000)).toBe('9')
  })

  it('faults bad-range where the object has no byte', async () => {
    const [key, empty] = [newKey(), newKey()]
    await get().put(key, chunks(Buffer.from('0123456789')))
    await get().put(empty, chunks())
    for (const range of [
      { start: 10, end: 11 },
      { start: 5, end: 4 },
      { start: -1, end: 4 },
    ]) {
      await expect(get().open(key, range)).rejects.toMatchObject({ code: 'bad-range' })
    }
    const first = get().open(empty, { start: 0, end: 0 })
    await expect(first).rejects.toMatchObject({ code: 'bad-range' })
  })

  it('lets a reader stop early', async () => {
    const key = newKey()
    await get().put(key, pieces(randomBytes(LARGE), 65_536))
    for (let turn = 0; turn < 3; turn += 1) {
      const stream = await get().open(key)
      const closed = new Promise((resolve) => stream.once('close', resolve))
      for await (const chunk of stream) {
        expect(chunk.length).toBeGreaterThan(0)
        break
      }
      stream.destroy()
      await closed
    }
    expect((await read(get(), key)).byteLength).toBe(LARGE)
  })

  it('takes many at once', async () => {
    const keys = Array.from({ length: 24 }, newKey)
    await Promise.all(keys.map((key) => get().put(key, chunks(Buffer.from(key)))))
    const found = await Promise.all(keys.map((key) => read(get(), key)))
    expect(found.map(String)).toEqual(keys)
  })

  it('is ready', async () => {
    await expect(get().check()).resolves.toBeUndefined()
  })
}

function failing(get: () => BlobStore): void {
  it('refuses a key that exists and leaves the object alone', async () => {
    for (const size of [5, LARGE]) {
      const key = newKey()
      await get().put(key, chunks(Buffer.from('first')))
      const second = get().put(key, pieces(Buffer.alloc(size), 1_000_000))
      await expect(second).rejects.toMatchObject({ code: 'key-taken' })
      expect((await read(get(), key)).toString()).toBe('first')
    }
  })

  it('lets one of two puts of the same key win', async () => {
    const key = newKey()
    const puts = await Promise.allSettled(
      ['one', 'two'].map((text) => get().put(key, chunks(Buffer.from(text)))),
    )
    const won = puts.findIndex(({ status }) => status === 'fulfilled')
    expect(puts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await read(get(), key)).toString()).toBe(['one', 'two'][won])
  })

  it.each([10, LARGE])('keeps nothing of %i bytes when another number was said', async (size) => {
    for (const said of [size - 1, size + 1]) {
      const key = newKey()
      const put = get().put(key, pieces(randomBytes(size), 65_536), { size: said })
      await expect(put).rejects.toMatchObject({ code: 'size-mismatch' })
      await expectNothing(get(), key)
    }
  })

  it.each([10, LARGE])('keeps nothing when the source breaks after %i bytes', async (size) => {
    const key = newKey()
    async function* broken() {
      yield* pieces(randomBytes(size), 65_536)
      throw new Error('The client went away')
    }
    await expect(get().put(key, broken())).rejects.toThrow('The client went away')
    await expectNothing(get(), key)
  })

  it('does not begin when the signal has fired', async () => {
    const key = newKey()
    const signal = AbortSignal.abort(new Error('too late'))
    await expect(get().put(key, chunks(Buffer.from('x')), { signal })).rejects.toThrow('too late')
    await expectNothing(get(), key)
  })

  it.each([10, LARGE])('stops a stalled source after %i bytes', async (size) => {
    const key = newKey()
    const abort = new AbortController()
    async function* stalled() {
      yield* pieces(randomBytes(size), 65_536)
      setTimeout(() => abort.abort(new Error('stop')), 20)
      await new Promise(() => {})
    }
    const put = get().put(key, stalled(), { signal: abort.signal })
    await expect(put).rejects.toThrow('stop')
    await expectNothing(get(), key)
    await get().put(key, chunks(Buffer.from('again')))
    expect((await read(get(), key)).toString()).toBe('again')
  })

  it('knows what is missing', async () => {
    const key = newKey()
    await expect(get().open(key)).rejects.toMatchObject({ code: 'blob-missing' })
    const range = get().open(key, { start: 0, end: 1 })
    await expect(range).rejects.toMatchObject({ code: 'blob-missing' })
    expect(await get().stat(key)).toBeUndefined()
    await expect(get().remove(key)).resolves.toBeUndefined()
  })

  it.each(['', 'a', '../../etc/passwd', 'A'.repeat(32), 'g'.repeat(32), `${'a'.repeat(32)}\n`])(
    'refuses the key %j',
    async (key) => {
      const wanted = { code: 'bad-key' }
      await expect(get().put(key, chunks())).rejects.toMatchObject(wanted)
      await expect(get().open(key)).rejects.toMatchObject(wanted)
      await expect(get().stat(key)).rejects.toMatchObject(wanted)
      await expect(get().remove(key)).rejects.toMatchObject(wanted)
    },
  )
}

function listing(get: () => BlobStore): void {
  it('lists what is there and no longer what was removed', async () => {
    const keys = Array.from({ length: 5 }, newKey)
    for (const [index, key] of keys.entries()) await get().put(key, chunks(Buffer.alloc(index)))
    await get().remove(keys[0]!)
    const found = await entries(get(), keys)
    expect(found.map(({ key }) => key).sort()).toEqual(keys.slice(1).sort())
    for (const { key, size, modifiedAt, unfinished } of found) {
      expect(size).toBe(keys.indexOf(key))
      expect(Math.abs(modifiedAt - Date.now())).toBeLessThan(60_000)
      expect(unfinished).toBe(false)
    }
    expect(await get().stat(keys[0]!)).toBeUndefined()
  })

  it('shows no put before its end but as unfinished', async () => {
    const key = newKey()
    let goOn = () => {}
    let arrived = () => {}
    const waiting = new Promise<void>((resolve) => {
      goOn = resolve
    })
    const halfway = new Promise<void>((resolve) => {
      arrived = resolve
    })
    async function* slow() {
      yield Buffer.from('half')
      arrived()
      await waiting
      yield Buffer.from('half')
    }
    const put = get().put(key, slow())
    await halfway
    expect(await get().stat(key)).toBeUndefined()
    expect((await entries(get(), [key])).every(({ unfinished }) => unfinished)).toBe(true)
    goOn()
    await put
    const done = await entries(get(), [key])
    expect(done).toMatchObject([{ key, size: 8, unfinished: false }])
  })
}

async function expectNothing(store: BlobStore, key: string): Promise<void> {
  expect(await store.stat(key)).toBeUndefined()
  await expect(store.open(key)).rejects.toMatchObject({ code: 'blob-missing' })
  expect(await entries(store, [key])).toEqual([])
}

async function entries(store: BlobStore, keys: string[]): Promise<BlobEntry[]> {
  const found: BlobEntry[] = []
  for await (const entry of store.list()) if (keys.includes(entry.key)) found.push(entry)
  return found
}

async function read(
  store: BlobStore,
  key: string,
  range?: { start: number; end: number },
): Promise<Buffer> {
  return Buffer.concat(await (await store.open(key, range)).toArray())
}

function newKey(): string {
  return randomBytes(16).toString('hex')
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

async function* chunks(...all: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* all
}

async function* pieces(bytes: Uint8Array, step: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += step) yield bytes.subarray(at, at + step)
}
