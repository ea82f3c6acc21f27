import type { FileKey, FileKeyVersion, KeyContainers, KeyVersion } from '../keys/key-pair.ts'

const pem = (label: string, text: string) => {
  const body = Buffer.from(text).toString('base64')
  return `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`
}

/** A pair with the right framing and nothing in it: the server never looks inside. */
export function samplePair(version: KeyVersion = 'RSA-4096', name = 'pair'): KeyContainers {
  return {
    version,
    publicKey: pem('PUBLIC KEY', `public ${name}`),
    privateKey: pem('ENCRYPTED PRIVATE KEY', `private ${name}`),
  }
}

export function sampleFileKey(
  name = 'file key',
  version: FileKeyVersion = 'RSA-4096/AES-256-GCM',
): FileKey {
  const text = (value: string) => Buffer.from(value).toString('base64')
  return { version, key: text(name), iv: text('twelve bytes'), tag: text('sixteen bytes ..') }
}
