import type { Bytes } from './base64.ts'
import { contentOf, fromBigInt, readAll, readBigInteger, readDer, tags, toBigInt } from './der.ts'

/** The numbers of an RSA key, for what WebCrypto has no name for. */
export type PublicNumbers = { readonly n: bigint; readonly e: bigint; readonly length: number }
export type PrivateNumbers = PublicNumbers & {
  readonly p: bigint
  readonly q: bigint
  readonly dp: bigint
  readonly dq: bigint
  readonly qi: bigint
}

/** From SubjectPublicKeyInfo. Throws 'malformed'. */
export function publicNumbers(spki: Bytes): PublicNumbers {
  const [, bits] = readAll(readDer(spki, tags.sequence))
  // A bit string; its first byte says how many bits at the end do not count: none.
  const key = contentOf(bits, 3).slice(1)
  const [n, e] = readAll(readDer(key, tags.sequence))
  return numbersOf(readBigInteger(n), readBigInteger(e))
}

/** From PrivateKeyInfo (PKCS#8). Throws 'malformed'. */
export function privateNumbers(pkcs8: Bytes): PrivateNumbers {
  const [, , key] = readAll(readDer(pkcs8, tags.sequence))
  const numbers = readAll(readDer(contentOf(key, tags.octets), tags.sequence))
  const [, n, e, , p, q, dp, dq, qi] = numbers.map((node) => readBigInteger(node))
  return { ...numbersOf(n!, e!), p: p!, q: q!, dp: dp!, dq: dq!, qi: qi! }
}

function numbersOf(n: bigint, e: bigint): PublicNumbers {
  return { n, e, length: Math.ceil(n.toString(16).length / 2) }
}

/** The public operation on one block. */
export function encryptBlock({ n, e, length }: PublicNumbers, block: Bytes): Bytes {
  return fromBigInt(power(toBigInt(block), e, n), length)
}

/** The private operation on one block, by the Chinese remainder theorem. */
export function decryptBlock(key: PrivateNumbers, block: Bytes): Bytes {
  const { p, q, dp, dq, qi, length } = key
  const value = toBigInt(block)
  const m1 = power(value % p, dp, p)
  const m2 = power(value % q, dq, q)
  const h = (qi * (((m1 - m2) % p) + p)) % p
  return fromBigInt(m2 + h * q, length)
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  let square = base % modulus
  for (const bit of [...exponent.toString(2)].reverse()) {
    if (bit === '1') result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}
