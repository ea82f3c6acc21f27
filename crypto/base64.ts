import { CipherError } from './cipher-error.ts'

export type Bytes = Uint8Array<ArrayBuffer>
/** A key inside WebCrypto; browsers and Node name its type differently. */
export type SubtleKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>

const charsAtOnce = 8192

/** Standard base64 with padding, in browsers and in Node alike. */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += charsAtOnce) {
    text += String.fromCharCode(...bytes.subarray(at, at + charsAtOnce))
  }
  return btoa(text)
}

/** White space is passed over. Throws 'malformed' for what is no base64. */
export function fromBase64(text: string): Bytes {
  try {
    const chars = atob(text.replace(/\s+/g, ''))
    return Uint8Array.from(chars, (char) => char.charCodeAt(0))
  } catch {
    throw new CipherError('malformed', 'This is no base64')
  }
}
