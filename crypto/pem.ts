import { type Bytes, fromBase64, toBase64 } from './base64.ts'
import { CipherError } from './cipher-error.ts'

/** What stands between BEGIN and END. */
export type PemLabel = 'PUBLIC KEY' | 'ENCRYPTED PRIVATE KEY'

export function writePem(label: PemLabel, der: Uint8Array): string {
  const lines = toBase64(der).match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}

/** Lines may end in any way. Throws 'malformed' for another label or none. */
export function readPem(label: PemLabel, pem: string): Bytes {
  const [begin, end] = [`-----BEGIN ${label}-----`, `-----END ${label}-----`]
  const text = pem.trim()
  if (!text.startsWith(begin) || !text.endsWith(end)) {
    throw new CipherError('malformed', `This is no PEM of the kind ${label}`)
  }
  return fromBase64(text.slice(begin.length, -end.length))
}
