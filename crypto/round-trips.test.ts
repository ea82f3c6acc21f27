import { expect, test } from 'vitest'
import { decryptBytes, encryptBytes } from './file-bytes.ts'
import { unwrapFileKey, wrapFileKey } from './file-key.ts'
import { decryptStream } from './file-streams.ts'
import { changePassword, generateKeyPair, unlockPrivateKey } from './key-pair.ts'

/** Large primes are a matter of luck. */
const timeout = 120_000

test.each(['A', 'RSA-4096'] as const)(
  'a key pair %s wraps and opens',
  async (version) => {
    const pair = await generateKeyPair(version, 'pässword', { iterations: 1000 })
    const plain = new TextEncoder().encode('some file')
    const { bytes, key } = await encryptBytes(plain)
    expect(bytes).toHaveLength(plain.length)
    const wrapped = await wrapFileKey(key, pair.publicKeyContainer)
    const next = await changePassword(pair.privateKeyContainer, 'pässword', 'b', {
      iterations: 999,
    })
    await expect(unlockPrivateKey(next, 'pässword')).rejects.toMatchObject({
      code: 'wrong-password',
    })
    const own = await unlockPrivateKey(next, 'b')
    const opened = await unwrapFileKey(wrapped, own)
    expect(opened).toEqual(key)
    expect(await decryptBytes(bytes, opened)).toEqual(plain)
    const streamed: Uint8Array[] = []
    for await (const part of decryptStream([bytes], opened)) streamed.push(part)
    expect(Buffer.concat(streamed).toString()).toBe('some file')
    const foreign = await generateKeyPair(version, 'c', { iterations: 1000 })
    const stranger = await unlockPrivateKey(foreign.privateKeyContainer, 'c')
    await expect(unwrapFileKey(wrapped, stranger)).rejects.toMatchObject({ code: 'malformed' })
    const short = unwrapFileKey({ ...wrapped, tag: 'AAAA' }, own)
    await expect(short).rejects.toMatchObject({ code: 'malformed' })
  },
  timeout,
)
