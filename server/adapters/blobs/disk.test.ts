import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { BlobEntry, BlobStore } from '../../core/blobs/blob-store.ts'
import { blobStoreSuite } from '../../core/suites/blob-store.suite.ts'
import { diskBlobs } from './disk.ts'

const KEY = '0123456789abcdef0123456789abcdef'

const made: string[] = []
afterEach(async () => {
  for (const path of made.splice(0)) await rm(path, { recursive: true, force: true })
})

async function temporaryFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'strongroom-disk-'))
  made.push(path)
  return path
}

async function* chunks(...all: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* all
}

async function listed(store: BlobStore): Promise<BlobEntry[]> {
  const entries: BlobEntry[] = []
  for await (const entry of store.list()) entries.push(entry)
  return entries
}

blobStoreSuite('diskBlobs', async () => {
  const root = await mkdtemp(join(tmpdir(), 'strongroom-disk-'))
  return {
    store: diskBlobs({ root }),
    release: () => rm(root, { recursive: true, force: true }),
  }
})

describe('diskBlobs on its disk', () => {
  it('makes its folders at the first put and files by the first four digits', async () => {
    const root = join(await temporaryFolder(), 'deep', 'blobs')
    const store = diskBlobs({ root })
    expect(await store.stat(KEY)).toBeUndefined()
    expect(await listed(store)).toEqual([])
    await store.put(KEY, chunks(Buffer.from('abc')))
    expect(await readdir(join(root, '01', '23'))).toEqual([KEY])
    expect(await readdir(join(root, 'staging'))).toEqual([])
    const again = diskBlobs({ root })
    expect((await again.stat(KEY))?.size).toBe(3)
  })

  it('reports what a crash left in staging, and removes it', async () => {
    const root = await temporaryFolder()
    const store = diskBlobs({ root })
    await mkdir(join(root, 'staging'))
    await writeFile(join(root, 'staging', KEY), 'half')
    await writeFile(join(root, 'staging', 'notes.txt'), 'not ours')
    expect(await listed(store)).toMatchObject([{ key: KEY, size: 4, unfinished: true }])
    await expect(store.put(KEY, chunks())).rejects.toMatchObject({ code: 'key-taken' })
    await store.remove(KEY)
    expect(await readdir(join(root, 'staging'))).toEqual(['notes.txt'])
  })

  it('fails a put whose staging file a sweep has removed', async () => {
    const root = await temporaryFolder()
    const store = diskBlobs({ root })
    async function* source() {
      yield Buffer.from('abc')
      await store.remove(KEY)
    }
    await expect(store.put(KEY, source())).rejects.toThrow('ENOENT')
    expect(await store.stat(KEY)).toBeUndefined()
  })

  it('says that space is running out', async () => {
    const store = diskBlobs({
      root: await temporaryFolder(),
      minFreeBytes: Number.MAX_SAFE_INTEGER,
    })
    await expect(store.check()).rejects.toMatchObject({ code: 'storage-full' })
  })

  it('begins to work when its root becomes usable', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'blobs'), 'a file in the way')
    const store = diskBlobs({ root: join(folder, 'blobs') })
    await expect(store.check()).rejects.toThrow()
    await rm(join(folder, 'blobs'))
    await store.check()
    await store.put(KEY, chunks(Buffer.from('abc')))
  })
})

/** A disk of 1 MiB, where the system lets us have one. */
async function smallDisk(): Promise<string | undefined> {
  const path = await temporaryFolder()
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path])
  return mounted.status === 0 ? path : undefined
}

describe('diskBlobs on a full disk', () => {
  it('faults storage-full, leaves nothing and goes on when there is space', async (test) => {
    const path = await smallDisk()
    if (!path) test.skip('a full disk needs the right to mount')
    const root = String(path)
    try {
      const store = diskBlobs({ root, minFreeBytes: 1 })
      const large = chunks(...Array.from({ length: 40 }, () => Buffer.alloc(65_536)))
      await expect(store.put(KEY, large)).rejects.toMatchObject({ code: 'storage-full' })
      expect(await listed(store)).toEqual([])
      await store.put(KEY, chunks(Buffer.alloc(65_536)))
      expect((await store.stat(KEY))?.size).toBe(65_536)
    } finally {
      spawnSync('umount', [root])
    }
  })
})
