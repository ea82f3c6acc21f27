import type { Bytes } from './base64.ts'
import { CipherError } from './cipher-error.ts'

/** As much of DER (ITU-T X.690) as keys and their containers need. */
export const tags = { integer: 2, octets: 4, nothing: 5, oid: 6, sequence: 0x30 } as const

export type DerNode = { readonly tag: number; readonly content: Bytes }

export function writeDer(tag: number, ...parts: readonly Uint8Array[]): Bytes {
  const content = joined(parts)
  return joined([Uint8Array.of(tag), lengthOf(content.length), content])
}

export const sequence = (...parts: readonly Uint8Array[]): Bytes =>
  writeDer(tags.sequence, ...parts)
export const octets = (bytes: Uint8Array): Bytes => writeDer(tags.octets, bytes)
export const nothing = (): Bytes => writeDer(tags.nothing)

/** Not negative. */
export function integer(value: number): Bytes {
  const hex = value.toString(16)
  const bytes = hexBytes(hex.length % 2 === 0 ? hex : `0${hex}`)
  // The highest bit is the sign.
  return writeDer(tags.integer, ...(bytes[0]! >= 0x80 ? [Uint8Array.of(0)] : []), bytes)
}

/** From its dotted form. */
export function oid(dotted: string): Bytes {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return writeDer(tags.oid, Uint8Array.from([first * 40 + second, ...rest.flatMap(base128)]))
}

function base128(value: number): number[] {
  const digits = [value & 0x7f]
  for (let left = value >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80)
  return digits
}

function lengthOf(length: number): Bytes {
  if (length < 0x80) return Uint8Array.of(length)
  const bytes: number[] = []
  for (let left = length; left > 0; left = Math.floor(left / 256)) bytes.unshift(left % 256)
  return Uint8Array.from([0x80 | bytes.length, ...bytes])
}

/** One element that fills the bytes; throws 'malformed' otherwise. */
export function readDer(bytes: Uint8Array, tag: number): Bytes {
  const [node, ...rest] = readAll(bytes)
  if (!node || rest.length > 0) throw malformed()
  return contentOf(node, tag)
}

/** The elements that stand in a row in these bytes. */
export function readAll(bytes: Uint8Array): DerNode[] {
  const nodes: DerNode[] = []
  for (let at = 0; at < bytes.length; ) {
    const { node, end } = readOne(bytes, at)
    nodes.push(node)
    at = end
  }
  return nodes
}

export function contentOf(node: DerNode | undefined, tag: number): Bytes {
  if (node?.tag !== tag) throw malformed()
  return node.content
}

/** A positive integer; throws 'malformed' for one that is no exact number. */
export function readInteger(node: DerNode | undefined): number {
  const value = readBigInteger(node)
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw malformed()
  return Number(value)
}

export function readBigInteger(node: DerNode | undefined): bigint {
  const content = contentOf(node, tags.integer)
  if (content.length === 0 || content[0]! >= 0x80) throw malformed()
  return toBigInt(content)
}

export function readOid(node: DerNode | undefined): string {
  const [first = 0, ...rest] = contentOf(node, tags.oid)
  const numbers = [Math.min(2, Math.floor(first / 40))]
  numbers.push(first - numbers[0]! * 40)
  let value = 0
  for (const byte of rest) {
    value = value * 128 + (byte & 0x7f)
    if (byte < 0x80) numbers.push(value)
    if (byte < 0x80) value = 0
  }
  return numbers.join('.')
}

function readOne(bytes: Uint8Array, at: number): { node: DerNode; end: number } {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined) throw malformed()
  const count = first < 0x80 ? 0 : first & 0x7f
  if (first === 0x80 || count > 4) throw malformed()
  let length = count === 0 ? first : 0
  for (const byte of bytes.subarray(at + 2, at + 2 + count)) length = length * 256 + byte
  const start = at + 2 + count
  if (start + length > bytes.length) throw malformed()
  return { node: { tag, content: bytes.slice(start, start + length) }, end: start + length }
}

export function toBigInt(bytes: Uint8Array): bigint {
  let hex = ''
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return hex === '' ? 0n : BigInt(`0x${hex}`)
}

/** Big-endian, filled up with zeros in front. */
export function fromBigInt(value: bigint, length: number): Bytes {
  return hexBytes(value.toString(16).padStart(length * 2, '0'))
}

function hexBytes(hex: string): Bytes {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

export function joined(parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function malformed(): CipherError {
  return new CipherError('malformed', 'This is no DER of the expected kind')
}
