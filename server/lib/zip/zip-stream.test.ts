import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readZip } from './read-zip.suite.ts'
import { zipLength } from './zip-length.ts'
import type { ZipEntry } from './zip-records.ts'
import { zipStream } from './zip-stream.ts'

const when = Date.UTC(2024, 1, 29, 13, 14, 16)

type Filled = ZipEntry & { readonly bytes: Uint8Array }
const file = (path: string, bytes: Uint8Array, modifiedAt = when): Filled => ({
  path,
  size: bytes.byteLength,
  modifiedAt,
  bytes,
})
const folder = (path: string) => ({ ...file(path, new Uint8Array(0)), path: `${path}/` })
const inPieces = (step: number) =>
  async function* (bytes: Uint8Array) {
    for (let at = 0; at < bytes.byteLength; at += step) yield bytes.subarray(at, at + step)
  }

async function whole(entries: readonly Filled[], step = 7000): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  const cut = inPieces(step)
  for await (const chunk of zipStream(entries, async ({ bytes }) => cut(bytes))) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const mixed: readonly Filled[] = [
  folder('Übung'),
  file('Übung/größe 🙂.txt', Buffer.from('Grüße')),
  file('Übung/leer', new Uint8Array(0)),
  folder('Übung/日本'),
  file('Übung/日本/データ.bin', Buffer.alloc(200_000, 'abc')),
  file('old', Buffer.from('o'), Date.UTC(1970, 0, 1)),
  file('ancient', Buffer.from('a'), Date.UTC(1901, 0, 1)),
  file('far', Buffer.from('f'), Date.UTC(2100, 0, 1)),
]

test('what is written is what is read, in as many bytes as were said', async () => {
  const name = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
    .map((text) => text.replace(/[/\0]/g, '_').toWellFormed())
  const entry = fc.record({
    names: fc.array(name, { minLength: 1, maxLength: 4 }),
    bytes: fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.constant(new Uint8Array(70_000))),
    isFolder: fc.boolean(),
    at: fc.integer({ min: -1e13, max: 1e13 }),
  })
  const archive = fc.array(entry, { maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(archive, fc.integer({ min: 1, max: 40_000 }), async (wanted, step) => {
      const entries = wanted.map(({ names, bytes, isFolder, at }) =>
        isFolder
          ? { ...folder(names.join('/')), modifiedAt: at }
          : file(names.join('/'), bytes, at),
      )
      const bytes = await whole(entries, step)
      expect(bytes).toHaveLength(zipLength(entries))
      const found = readZip(bytes)
      expect(found.map(({ path }) => path)).toEqual(entries.map(({ path }) => path))
      for (const [at, one] of found.entries()) {
        expect(one.bytes.equals(entries[at]!.bytes)).toBe(true)
      }
    }),
    { numRuns: 60 },
  )
})

test('times are UTC, to the second, also where DOS has no such year', async () => {
  const found = readZip(await whole(mixed))
  expect(found.map(({ unixSeconds }) => unixSeconds)).toEqual(
    mixed.map(({ path, modifiedAt }) =>
      path === 'ancient' || path === 'far' ? undefined : modifiedAt / 1000,
    ),
  )
  const years = found.map(({ dosTime }) => new Date(dosTime).getUTCFullYear())
  expect(years).toEqual([2024, 2024, 2024, 2024, 2024, 1980, 1980, 2100])
  expect(found[1]?.dosTime).toBe(when)
})

test('an entry of another size than announced ends it, before a byte too much', async () => {
  const short = { ...file('a', Buffer.from('12345')), size: 6 }
  const long = { ...file('a', Buffer.from('12345')), size: 4 }
  await expect(whole([short])).rejects.toThrow('5 bytes or more, not 6: a')
  await expect(whole([long])).rejects.toThrow('not 4: a')
  await expect(whole([file('x'.repeat(65_536), Buffer.from('1'))])).rejects.toThrow(RangeError)
})

test('nobody reads ahead of the reader, and stopping early closes the source', async () => {
  let taken = 0
  let closed = false
  const endless = async function* () {
    try {
      for (;;) {
        taken += 1
        yield new Uint8Array(100_000)
      }
    } finally {
      closed = true
    }
  }
  const stream = zipStream([{ path: 'a', size: 1e12, modifiedAt: when }], async () => endless())
  for (let at = 0; at < 4; at++) await stream.next()
  expect(taken).toBeLessThan(5)
  await stream.return()
  expect(closed).toBe(true)
})

test('an empty archive', async () => {
  expect(readZip(await whole([]))).toEqual([])
})
