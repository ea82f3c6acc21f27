import { type Bytes, fromBase64, toBase64 } from './base64.ts'
import { CipherError } from './cipher-error.ts'
import {
  type KeyVersion,
  type PrivateKey,
  type PublicKeyContainer,
  readPublicKey,
} from './key-pair.ts'
import { type OaepHashes, padOaep, unpadOaep } from './oaep.ts'
import { decryptBlock, encryptBlock, privateNumbers, publicNumbers } from './rsa-numbers.ts'

/** The key of one file in the clear. It stays with the client. */
export type PlainFileKey = {
  readonly key: Bytes
  readonly iv: Bytes
  /** Known when the file is encrypted. */
  readonly tag: Bytes
}

/** The key of a file for one who may open it, as the API keeps it; all but the version base64. */
export type FileKey = {
  readonly version: string
  readonly key: string
  readonly iv: string
  readonly tag: string
}

const versions: Readonly<Record<KeyVersion, string>> = {
  A: 'A',
  'RSA-4096': 'RSA-4096/AES-256-GCM',
}
const oldHashes: OaepHashes = { hash: 'SHA-256', mask: 'SHA-1' }
const algorithm = { name: 'RSA-OAEP', hash: 'SHA-256' } as const

const keyLength = 32
/** Shorter tags are guessed soon; no file key with one is read. */
export const tagLength = 16

/** A new key and starting value. Never for two files. */
export function newFileKey(): Omit<PlainFileKey, 'tag'> {
  return {
    key: crypto.getRandomValues(new Uint8Array(keyLength)),
    iv: crypto.getRandomValues(new Uint8Array(12)),
  }
}

/** Wraps a file key for the holder of a public key: RSA-OAEP as its version says. */
export async function wrapFileKey(
  { key, iv, tag }: PlainFileKey,
  container: PublicKeyContainer,
): Promise<FileKey> {
  const { version, spki } = readPublicKey(container)
  const wrapped = version === 'A' ? await wrapOld(key, spki) : await wrap(key, spki)
  return {
    version: versions[version],
    key: toBase64(wrapped),
    iv: toBase64(iv),
    tag: toBase64(tag),
  }
}

/** Throws 'unsupported' for a key of another version than the pair, 'malformed' for a wrong one. */
export async function unwrapFileKey(
  fileKey: FileKey,
  { version, pkcs8 }: PrivateKey,
): Promise<PlainFileKey> {
  if (fileKey.version !== versions[version]) {
    throw new CipherError('unsupported', `A key pair ${version} opens no key ${fileKey.version}`)
  }
  const wrapped = fromBase64(fileKey.key)
  const key = version === 'A' ? await unwrapOld(wrapped, pkcs8) : await unwrap(wrapped, pkcs8)
  const [iv, tag] = [fromBase64(fileKey.iv), fromBase64(fileKey.tag)]
  if (key.length !== keyLength || iv.length === 0 || tag.length !== tagLength) {
    throw new CipherError('malformed', 'This is no key of a file')
  }
  return { key, iv, tag }
}

async function wrap(key: Bytes, spki: Bytes): Promise<Bytes> {
  const holder = await crypto.subtle.importKey('spki', spki, algorithm, false, ['encrypt'])
  return new Uint8Array(await crypto.subtle.encrypt(algorithm, holder, key))
}

async function unwrap(wrapped: Bytes, pkcs8: Bytes): Promise<Bytes> {
  const own = await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['decrypt'])
  try {
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, own, wrapped))
  } catch {
    throw new CipherError('malformed', 'The private key does not open this file key')
  }
}

/** WebCrypto cannot say that the mask hash is another one. */
async function wrapOld(key: Bytes, spki: Bytes): Promise<Bytes> {
  const numbers = publicNumbers(spki)
  return encryptBlock(numbers, await padOaep(key, numbers.length, oldHashes))
}

async function unwrapOld(wrapped: Bytes, pkcs8: Bytes): Promise<Bytes> {
  const numbers = privateNumbers(pkcs8)
  if (wrapped.length !== numbers.length) {
    throw new CipherError('malformed', 'The private key does not open this file key')
  }
  return unpadOaep(decryptBlock(numbers, wrapped), oldHashes)
}
