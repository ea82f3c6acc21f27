import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { decryptBytes, encryptBytes } from './file-bytes.ts'
import { newFileKey, type PlainFileKey } from './file-key.ts'
import { decryptStream, encryptStream } from './file-streams.ts'

const pieceLength = 65_536
const tampered = { code: 'tampered' }

/** The file `pieces * pieceLength` long, and how many pieces of it were asked for. */
function source(pieces: number) {
  const asked = { count: 0 }
  const hash = createHash('sha256')
  function* bytes() {
    for (let at = 0; at < pieces; at++) {
      asked.count++
      const piece = new Uint8Array(pieceLength).fill(at % 251)
      hash.update(piece)
      yield piece
    }
  }
  return { bytes: bytes(), asked, digest: () => hash.digest('hex') }
}

async function read(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of bytes) parts.push(part)
  return Buffer.concat(parts)
}

/** Reads what this key opens to the end, as a stream and in one piece. */
async function openings(bytes: Uint8Array<ArrayBuffer>, key: PlainFileKey) {
  const [whole, streamed] = await Promise.allSettled([
    decryptBytes(bytes, key),
    read(decryptStream([bytes], key)),
  ])
  return [whole, streamed]
}

test('a stream holds no more than one piece, however long the file is', async () => {
  const given = source(512)
  const sealing = encryptStream(given.bytes)
  expect(() => sealing.key()).toThrow('not been encrypted to its end')
  let passed = 0
  const sealed: Uint8Array[] = []
  for await (const part of sealing.bytes) {
    if (part.length > 0) passed++
    expect(given.asked.count).toBe(passed)
    sealed.push(part)
  }
  const fetched = { count: 0 }
  function* stored() {
    for (const part of sealed) {
      fetched.count += part.length > 0 ? 1 : 0
      yield part
    }
  }
  const hash = createHash('sha256')
  let opened = 0
  for await (const part of decryptStream(stored(), sealing.key())) {
    if (part.length > 0) opened++
    expect(fetched.count - opened).toBeLessThanOrEqual(1)
    hash.update(part)
  }
  expect(opened).toBe(512)
  expect(hash.digest('hex')).toBe(given.digest())
})

test('the cipher is AES-256-GCM as its authors wrote it down', async () => {
  // Test case 14 of the specification of GCM: everything is zero.
  const tag = Uint8Array.from(Buffer.from('d0d1c8a799996bf0265b98b5d48ab919', 'hex'))
  const bytes = Uint8Array.from(Buffer.from('cea7403d4d606b6e074ec5d3baf39d18', 'hex'))
  const key = { key: new Uint8Array(32), iv: new Uint8Array(12), tag }
  expect(await decryptBytes(bytes, key)).toEqual(new Uint8Array(16))
  expect(await read(decryptStream([bytes], key))).toEqual(Buffer.alloc(16))
})

test('another AES-256-GCM opens what we encrypt, and we what it encrypts', async () => {
  const plain = Uint8Array.from({ length: 1000 }, (_, at) => at % 256)
  const { bytes, key } = await encryptBytes(plain)
  const decipher = createDecipheriv('aes-256-gcm', key.key, key.iv).setAuthTag(key.tag)
  const opened = Buffer.concat([decipher.update(bytes), decipher.final()])
  expect(Uint8Array.from(opened)).toEqual(plain)
  const next = newFileKey()
  const cipher = createCipheriv('aes-256-gcm', next.key, next.iv)
  const sealed = Uint8Array.from(Buffer.concat([cipher.update(plain), cipher.final()]))
  const tag = Uint8Array.from(cipher.getAuthTag())
  expect(await decryptBytes(sealed, { ...next, tag })).toEqual(plain)
})

test('bytes, tags and keys that do not belong together are refused', async () => {
  const { bytes, key } = await encryptBytes(new TextEncoder().encode('some file'))
  const flip = (all: Uint8Array<ArrayBuffer>) => all.map((byte, at) => (at === 0 ? byte ^ 1 : byte))
  const wrong = [
    [flip(bytes), key],
    [bytes.slice(0, -1), key],
    [bytes, { ...key, tag: flip(key.tag) }],
    [bytes, { ...key, iv: flip(key.iv) }],
    [bytes, { ...key, key: flip(key.key) }],
    // Short tags are guessed soon.
    [bytes, { ...key, tag: key.tag.slice(0, 4) }],
  ] as const
  for (const [some, opener] of wrong) {
    const refused = { status: 'rejected', reason: tampered }
    expect(await openings(some, opener)).toMatchObject([refused, refused])
  }
  expect(await openings(bytes, key)).toMatchObject([
    { status: 'fulfilled' },
    { status: 'fulfilled' },
  ])
})
