import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Hasher, type Hashes, type Hashing, hashedSource } from '../blobs/hasher.ts'

const SIZES = [0, 1, 63, 64, 65_536, 262_143, 262_144, 262_145, 1_048_576, 3_000_001]

/** What every hasher has to do, whatever the size at which it changes its ways. */
export function hasherSuite(name: string, make: () => Hasher): void {
  describe(`${name} is a hasher`, () => {
    let hasher: Hasher
    beforeAll(() => {
      hasher = make()
    })
    afterAll(() => hasher.close())

    it('knows the digests of nothing and of abc', async () => {
      expect(await hasher.begin().digest()).toEqual({
        md5: 'd41d8cd98f00b204e9800998ecf8427e',
        sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      })
      expect(await hashed(hasher.begin(), Buffer.from('abc'), 2)).toEqual({
        md5: '900150983cd24fb0d6963f7d28e17f72',
        sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      })
    })

    it.each(SIZES)('hashes %i bytes in chunks of any size', async (size) => {
      const bytes = randomBytes(size)
      for (const step of [1021, 65_536, Math.max(1, size)]) {
        expect(await hashed(hasher.begin(), bytes, step)).toEqual(expected(bytes))
      }
    })

    it('keeps the streams of many callers apart', async () => {
      const inputs = Array.from({ length: 12 }, (_, index) => randomBytes(index * 150_000))
      const found = await Promise.all(inputs.map((one) => hashed(hasher.begin(), one, 50_000)))
      expect(found).toEqual(inputs.map(expected))
    })

    it('leaves the chunk to the caller, who may write to it again', async () => {
      const hashing = hasher.begin()
      const chunk = new Uint8Array(100_000)
      const all = Buffer.alloc(2_000_000)
      for (let turn = 0; turn < 20; turn += 1) {
        chunk.fill(turn)
        all.set(chunk, turn * chunk.byteLength)
        await hashing.update(chunk)
      }
      chunk.fill(255)
      expect(await hashing.digest()).toEqual(expected(all))
    })

    it.each(SIZES)('knows the hashes of the first %i bytes and goes on', async (size) => {
      const [first, rest] = [randomBytes(size), randomBytes(600_001)]
      const hashing = hasher.begin()
      await hashing.update(first)
      expect(await hashing.soFar()).toEqual(expected(first))
      expect(await hashing.soFar()).toEqual(expected(first))
      await hashing.update(rest)
      expect(await hashing.digest()).toEqual(expected(Buffer.concat([first, rest])))
    })

    it('takes nothing after the end and may be abandoned at any time', async () => {
      for (const size of [10, 2_000_000]) {
        const done = hasher.begin()
        await done.update(Buffer.alloc(size))
        await done.digest()
        expect(() => done.update(Buffer.alloc(1))).toThrow('over')
        await expect(done.digest()).rejects.toThrow('over')
        done.abandon()
        const abandoned = hasher.begin()
        await abandoned.update(Buffer.alloc(size))
        abandoned.abandon()
        abandoned.abandon()
        await expect(abandoned.digest()).rejects.toThrow('over')
      }
      const bytes = randomBytes(500_000)
      expect(await hashed(hasher.begin(), bytes, 65_536)).toEqual(expected(bytes))
    })

    it('passes a source on while hashing it', async () => {
      const bytes = randomBytes(700_000)
      const hashing = hasher.begin()
      const passed: Uint8Array[] = []
      for await (const chunk of hashedSource(pieces(bytes, 65_536), hashing)) passed.push(chunk)
      expect(Buffer.concat(passed).equals(bytes)).toBe(true)
      expect(await hashing.digest()).toEqual(expected(bytes))
    })
  })
}

async function hashed(hashing: Hashing, bytes: Uint8Array, step: number): Promise<Hashes> {
  for (let at = 0; at < bytes.byteLength; at += step) {
    const wait = hashing.update(bytes.subarray(at, at + step))
    if (wait) await wait
  }
  return hashing.digest()
}

async function* pieces(bytes: Uint8Array, step: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += step) yield bytes.subarray(at, at + step)
}

function expected(bytes: Uint8Array): Hashes {
  return {
    md5: createHash('md5').update(bytes).digest('hex'),
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }
}
