import { fault } from '../fault.ts'
import { type FileKey, fileKeyVersions, type KeyContainers, keyVersions } from './key-pair.ts'

/** Longer than any key of the known versions in its container. */
const maxPem = 16_384
const maxWrapped = 1_024

const framing = (label: string) => {
  const line = '[A-Za-z0-9+/=]+[ \\t]*\\r?\\n'
  const [begin, end] = [`-----BEGIN ${label}-----`, `-----END ${label}-----`]
  return new RegExp(`^\\s*${begin}\\r?\\n(?:${line})+${end}\\s*$`)
}
const publicForm = framing('PUBLIC KEY')
const privateForm = framing('ENCRYPTED PRIVATE KEY')

/**
 * Looks at the framing alone: what is inside is the clients' own. A private key that is not
 * encrypted is refused, so that none ever lies here. Faults 'invalid' 'key-pair' with data.field.
 */
export function checkContainers(pair: KeyContainers): void {
  if (!keyVersions.includes(pair.version)) refuse('publicKey', 'version')
  if (pair.publicKey.length > maxPem || !publicForm.test(pair.publicKey)) refuse('publicKey', 'pem')
  checkPrivateKey(pair.privateKey)
}

export function checkPrivateKey(privateKey: string): void {
  if (privateKey.length > maxPem || !privateForm.test(privateKey)) refuse('privateKey', 'pem')
}

function refuse(field: string, rule: string): never {
  return fault('invalid', 'key-pair', undefined, { field, rule })
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** Faults 'invalid' 'file-key' with data.field: unknown version, no base64, too long. */
export function checkFileKey(fileKey: FileKey): void {
  if (!Object.hasOwn(fileKeyVersions, fileKey.version)) refuseFileKey('version')
  for (const field of ['key', 'iv', 'tag'] as const) {
    const text = fileKey[field]
    if (text === '' || text.length > maxWrapped || !base64.test(text)) refuseFileKey(field)
  }
}

function refuseFileKey(field: string): never {
  return fault('invalid', 'file-key', undefined, { field, rule: 'form' })
}
