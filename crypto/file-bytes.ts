import type { Bytes, SubtleKey } from './base64.ts'
import { tampered } from './cipher-error.ts'
import { joined } from './der.ts'
import { newFileKey, type PlainFileKey, tagLength } from './file-key.ts'

export type SealedBytes = { readonly bytes: Bytes; readonly key: PlainFileKey }

/**
 * Encrypts a file in one piece (AES-256-GCM). WebCrypto takes and gives whole messages only, so the
 * file is in memory about three times; in Node file-streams.ts needs no memory for it.
 */
export async function encryptBytes(plain: Bytes): Promise<SealedBytes> {
  const { key, iv } = newFileKey()
  const sealed = new Uint8Array(
    await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await cipherKey(key, 'encrypt'), plain),
  )
  const end = sealed.length - tagLength
  return { bytes: sealed.slice(0, end), key: { key, iv, tag: sealed.slice(end) } }
}

/** Throws 'tampered' when these are not the bytes that were encrypted with this key. */
export async function decryptBytes(bytes: Bytes, { key, iv, tag }: PlainFileKey): Promise<Bytes> {
  if (tag.length !== tagLength) throw tampered()
  const sealed = joined([bytes, tag])
  try {
    const opened = { name: 'AES-GCM', iv }
    return new Uint8Array(
      await crypto.subtle.decrypt(opened, await cipherKey(key, 'decrypt'), sealed),
    )
  } catch {
    throw tampered()
  }
}

function cipherKey(key: Bytes, use: 'encrypt' | 'decrypt'): Promise<SubtleKey> {
  return crypto.subtle.importKey('raw', key, 'AES-GCM', false, [use])
}
