import type { Bytes } from './base64.ts'
import { CipherError } from './cipher-error.ts'
import { joined } from './der.ts'

/**
 * OAEP (RFC 8017, 7.1) with an empty label, for a mask hash that differs from the hash: WebCrypto
 * has one name for both.
 */
export type OaepHashes = { readonly hash: 'SHA-256'; readonly mask: 'SHA-1' | 'SHA-256' }

/** A message as a block of `length` bytes. */
export async function padOaep(
  message: Bytes,
  length: number,
  { hash, mask }: OaepHashes,
): Promise<Bytes> {
  const label = await digest(hash, new Uint8Array())
  const free = length - message.length - 2 * label.length - 2
  if (free < 0) throw new CipherError('malformed', 'The message is too long for the key')
  const data = joined([label, new Uint8Array(free), Uint8Array.of(1), message])
  const seed = crypto.getRandomValues(new Uint8Array(label.length))
  const masked = xor(data, await maskOf(seed, data.length, mask))
  const maskedSeed = xor(seed, await maskOf(masked, seed.length, mask))
  return joined([Uint8Array.of(0), maskedSeed, masked])
}

/** The message of a block; throws 'malformed' and says no more about what is wrong with it. */
export async function unpadOaep(block: Bytes, { hash, mask }: OaepHashes): Promise<Bytes> {
  const label = await digest(hash, new Uint8Array())
  const size = label.length
  const [maskedSeed, masked] = [block.slice(1, 1 + size), block.slice(1 + size)]
  const seed = xor(maskedSeed, await maskOf(masked, size, mask))
  const data = xor(masked, await maskOf(seed, masked.length, mask))
  let wrong = block[0]!
  for (let at = 0; at < size; at++) wrong |= data[at]! ^ label[at]!
  const start = data.indexOf(1, size)
  const filling = data.subarray(size, Math.max(size, start))
  if (wrong !== 0 || start < 0 || filling.some((byte) => byte !== 0)) {
    throw new CipherError('malformed', 'The private key does not open this file key')
  }
  return data.slice(start + 1)
}

/** MGF1. */
async function maskOf(seed: Bytes, length: number, hash: string): Promise<Bytes> {
  const parts: Bytes[] = []
  for (let counter = 0, filled = 0; filled < length; counter++) {
    const number = new Uint8Array(4)
    new DataView(number.buffer).setUint32(0, counter)
    const part = await digest(hash, joined([seed, number]))
    parts.push(part)
    filled += part.length
  }
  return joined(parts).slice(0, length)
}

async function digest(hash: string, bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest(hash, bytes))
}

function xor(one: Bytes, other: Bytes): Bytes {
  return one.map((byte, at) => byte ^ other[at]!)
}
