import { createCipheriv, createDecipheriv } from 'node:crypto'
import { tampered } from './cipher-error.ts'
import { newFileKey, type PlainFileKey, tagLength } from './file-key.ts'

type Source = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/** A file that is encrypted while it is read. */
export type Sealing = {
  /** As long as the source, piece by piece. Read once. */
  readonly bytes: AsyncGenerator<Uint8Array, void, undefined>
  /** The key with its tag; throws before `bytes` has been read to its end. */
  key(): PlainFileKey
}

/** Encrypts a file of any length in bounded memory. Node only. */
export function encryptStream(source: Source): Sealing {
  const { key, iv } = newFileKey()
  let tag: Uint8Array<ArrayBuffer> | undefined
  async function* sealed() {
    const cipher = createCipheriv('aes-256-gcm', key, iv)
    for await (const chunk of source) yield cipher.update(chunk)
    yield cipher.final()
    tag = Uint8Array.from(cipher.getAuthTag())
  }
  return {
    bytes: sealed(),
    key() {
      if (!tag) throw new Error('The file has not been encrypted to its end')
      return { key, iv, tag }
    },
  }
}

/**
 * Decrypts a file in bounded memory. Node only. Whether the bytes are right is known at the end:
 * what was given before must not be used when it throws 'tampered' there.
 */
export async function* decryptStream(
  source: Source,
  { key, iv, tag }: PlainFileKey,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (tag.length !== tagLength) throw tampered()
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagLength })
  decipher.setAuthTag(tag)
  for await (const chunk of source) yield decipher.update(chunk)
  try {
    yield decipher.final()
  } catch {
    throw tampered()
  }
}
