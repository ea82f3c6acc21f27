import type { Bytes, SubtleKey } from './base64.ts'
import { CipherError } from './cipher-error.ts'
import {
  contentOf,
  type DerNode,
  integer,
  nothing,
  octets,
  oid,
  readAll,
  readDer,
  readInteger,
  readOid,
  sequence,
  tags,
} from './der.ts'
import { readPem, writePem } from './pem.ts'

const ids = {
  pbes2: '1.2.840.113549.1.5.13',
  pbkdf2: '1.2.840.113549.1.5.12',
  hmacSha1: '1.2.840.113549.2.7',
  hmacSha256: '1.2.840.113549.2.9',
  aes256Cbc: '2.16.840.1.101.3.4.1.42',
} as const

type Hash = 'SHA-1' | 'SHA-256'
type Derivation = { readonly salt: Bytes; readonly iterations: number; readonly hash: Hash }

/** What clients of this API write today. */
export const usualIterations = 1_300_000
/** More are a trap for whoever opens the container. */
const mostIterations = 20_000_000

export type SealOptions = {
  /** Default: `usualIterations`. */
  readonly iterations?: number
  /** Default 'SHA-1', which all clients read. */
  readonly hash?: Hash
}

/**
 * A private key (PKCS#8, DER) under a password, as PEM: EncryptedPrivateKeyInfo with PBES2,
 * PBKDF2-HMAC and AES-256-CBC.
 */
export async function sealPrivateKey(
  pkcs8: Bytes,
  password: string,
  { iterations = usualIterations, hash = 'SHA-1' }: SealOptions = {},
): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(20))
  const iv = crypto.getRandomValues(new Uint8Array(16))
  const bytes = new TextEncoder().encode(password)
  const key = await deriveKey(bytes, { salt, iterations, hash }, 'encrypt')
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-CBC', iv }, key, pkcs8))
  // HMAC-SHA1 is what holds where nothing is said.
  const prf = hash === 'SHA-1' ? [] : [sequence(oid(ids.hmacSha256), nothing())]
  const derivation = sequence(octets(salt), integer(iterations), ...prf)
  const scheme = sequence(
    sequence(oid(ids.pbkdf2), derivation),
    sequence(oid(ids.aes256Cbc), octets(iv)),
  )
  const der = sequence(sequence(oid(ids.pbes2), scheme), octets(sealed))
  return writePem('ENCRYPTED PRIVATE KEY', der)
}

/**
 * The private key in a container. Passwords are UTF-8; where that does not open it, ISO-8859-1 is
 * tried, which old clients used. Throws 'wrong-password', 'malformed', 'unsupported'.
 */
export async function openPrivateKey(pem: string, password: string): Promise<Bytes> {
  const { derivation, iv, sealed } = readContainer(readPem('ENCRYPTED PRIVATE KEY', pem))
  for (const bytes of passwordForms(password)) {
    const key = await deriveKey(bytes, derivation, 'decrypt')
    const opened = await decrypt(key, iv, sealed)
    if (opened) return opened
  }
  throw new CipherError('wrong-password', 'The password does not open this key')
}

async function decrypt(key: SubtleKey, iv: Bytes, sealed: Bytes): Promise<Bytes | undefined> {
  try {
    const bytes = new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-CBC', iv }, key, sealed))
    // By chance a wrong key leaves a valid padding; what is inside is no key then.
    readDer(bytes, tags.sequence)
    return bytes
  } catch {
    return undefined
  }
}

function passwordForms(password: string): Bytes[] {
  const utf8 = new TextEncoder().encode(password)
  const codes = Array.from(password, (char) => char.codePointAt(0) ?? 0)
  const isLatin = codes.every((code) => code < 256) && codes.some((code) => code > 127)
  return isLatin ? [utf8, Uint8Array.from(codes)] : [utf8]
}

async function deriveKey(
  password: Bytes,
  { salt, iterations, hash }: Derivation,
  use: 'encrypt' | 'decrypt',
): Promise<SubtleKey> {
  const secret = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveKey'])
  const derivation = { name: 'PBKDF2', salt, iterations, hash }
  const cipher = { name: 'AES-CBC', length: 256 }
  return crypto.subtle.deriveKey(derivation, secret, cipher, false, [use])
}

function readContainer(der: Bytes) {
  const [algorithm, data] = readAll(readDer(der, tags.sequence))
  const [scheme, parameters] = inSequence(algorithm)
  expectId(scheme, ids.pbes2)
  const [kdf, cipher] = inSequence(parameters)
  const [kdfId, kdfParameters] = inSequence(kdf)
  expectId(kdfId, ids.pbkdf2)
  const [cipherId, iv] = inSequence(cipher)
  expectId(cipherId, ids.aes256Cbc)
  return {
    derivation: readDerivation(kdfParameters),
    iv: contentOf(iv, tags.octets),
    sealed: contentOf(data, tags.octets),
  }
}

function readDerivation(node: DerNode | undefined): Derivation {
  const [salt, count, ...more] = inSequence(node)
  const iterations = readInteger(count)
  if (iterations < 1 || iterations > mostIterations) {
    throw new CipherError('unsupported', `${iterations} iterations are not acceptable`)
  }
  const prf = more.find(({ tag }) => tag === tags.sequence)
  return { salt: contentOf(salt, tags.octets), iterations, hash: readHash(prf) }
}

function readHash(prf: DerNode | undefined): Hash {
  if (!prf) return 'SHA-1'
  const [id] = inSequence(prf)
  const found = readOid(id)
  if (found === ids.hmacSha1) return 'SHA-1'
  if (found === ids.hmacSha256) return 'SHA-256'
  throw new CipherError('unsupported', `The algorithm ${found} is not known here`)
}

function inSequence(node: DerNode | undefined): DerNode[] {
  return readAll(contentOf(node, tags.sequence))
}

function expectId(node: DerNode | undefined, wanted: string): void {
  const found = readOid(node)
  if (found !== wanted) {
    throw new CipherError('unsupported', `The algorithm ${found} is not known here`)
  }
}
