import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { zipLength } from '../../server/lib/zip/zip-length.ts'
import type { ZipEntry } from '../../server/lib/zip/zip-records.ts'
import { zipStream } from '../../server/lib/zip/zip-stream.ts'

/** Runs a program without reading what it says; answers whether it was content. */
async function run(name: string, args: readonly string[]): Promise<boolean> {
  const env = { ...process.env, LC_ALL: 'C.UTF-8' }
  const child = spawn(name, args, { stdio: 'ignore', env })
  const ended = once(child, 'exit').then(([code]) => code === 0)
  return Promise.race([ended, once(child, 'error').then(() => false)]).catch(() => false)
}

const when = Date.UTC(2024, 1, 29, 13, 14, 16)
const text = 'some text\n'

const mixed: readonly ZipEntry[] = [
  { path: 'Übung/', size: 0, modifiedAt: when },
  { path: 'Übung/größe 🙂.txt', size: text.length, modifiedAt: when },
  { path: 'Übung/leer', size: 0, modifiedAt: when },
  { path: 'Übung/日本/', size: 0, modifiedAt: when },
  { path: 'Übung/日本/データ.bin', size: text.length * 20_000, modifiedAt: when },
  { path: 'old', size: text.length, modifiedAt: Date.UTC(1970, 0, 1) },
  { path: 'far', size: text.length, modifiedAt: Date.UTC(2100, 0, 1) },
]

/** Its size in bytes of the text, over and over. */
async function* repeated({ size }: ZipEntry) {
  for (let at = 0; at < size; at += text.length) yield Buffer.from(text.slice(0, size - at))
}

const readAll = `
import sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None`
const tools: readonly { name: string; probe: string[]; check(path: string): string[] }[] = [
  { name: 'unzip', probe: ['-v'], check: (path) => ['-tqq', path] },
  { name: '7z', probe: ['--help'], check: (path) => ['t', '-bd', path] },
  { name: 'bsdtar', probe: ['--version'], check: (path) => ['-xOf', path] },
  {
    name: 'python3',
    probe: ['--version'],
    check: (path) => ['-c', readAll, path],
  },
]

const found = await Promise.all(
  tools.map(async (tool) => {
    const there = await run(tool.name, tool.probe)
    if (!there) console.warn(`zip: ${tool.name} is not installed; its look at archives is skipped`)
    return { ...tool, there }
  }),
)

describe('archives for programs that people have', () => {
  let place: string
  beforeAll(() => {
    place = mkdtempSync(join(tmpdir(), 'strongroom-zip-'))
  })
  afterAll(() => rmSync(place, { recursive: true, force: true }))

  const check = async (path: string) => {
    for (const { name, there, check: args } of found) {
      if (!there) continue
      expect(await run(name, args(path)), name).toBe(true)
    }
  }

  /** Writes as it is made; what is all zeros becomes a hole. */
  const write = async (
    name: string,
    entries: readonly ZipEntry[],
    open: (entry: ZipEntry) => Promise<AsyncIterable<Uint8Array>>,
  ) => {
    const path = join(place, name)
    const to = openSync(path, 'w')
    let length = 0
    for await (const chunk of zipStream(entries, open)) {
      if (chunk !== zeros) writeSync(to, chunk, 0, chunk.byteLength, length)
      length += chunk.byteLength
    }
    ftruncateSync(to, length)
    closeSync(to)
    expect(length).toBe(zipLength(entries))
    return path
  }
  const zeros = new Uint8Array(4 * 2 ** 20)

  test('names, folders, empty files and old times', async () => {
    await check(await write('mixed.zip', mixed, async (entry) => repeated(entry)))
  })

  test('70,000 entries', { timeout: 120_000 }, async () => {
    const entries = Array.from({ length: 70_000 }, (_, at) => ({
      path: `folder ${at % 70}/file ${at}.txt`,
      size: 1,
      modifiedAt: when,
    }))
    await check(await write('many.zip', entries, async (entry) => repeated(entry)))
  })

  test('5 GiB in one entry, and more behind it', { timeout: 300_000 }, async () => {
    const size = 5 * 2 ** 30
    const entries = [
      { path: 'large.bin', size, modifiedAt: when },
      { path: 'behind.txt', size: 6, modifiedAt: when },
    ]
    const large = async function* () {
      for (let at = 0; at < size; at += zeros.byteLength) yield zeros
    }
    const path = await write('large.zip', entries, async (entry) =>
      entry.size === size ? large() : repeated(entry),
    )
    await check(path)
  })
})
