import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { loadKeys } from './keys.ts'

let root = ''
let dataDir = ''
let path = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'keys-'))
  dataDir = join(root, 'data')
  path = join(dataDir, 'keys.json')
})
afterEach(() => rmSync(root, { recursive: true }))

/** Replaces the key file that a first start made. */
function replace(text: string): void {
  loadKeys({ dataDir })
  writeFileSync(path, text)
}

it('makes a key at the first start and keeps it', () => {
  const first = loadKeys({ dataDir })
  expect(first.signing).toHaveLength(32)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readdirSync(dataDir)).toEqual(['keys.json'])
  expect(loadKeys({ dataDir }).signing).toEqual(first.signing)
  expect(loadKeys({ dataDir: join(root, 'other') }).signing).not.toEqual(first.signing)
})

it('gives each purpose a key of its own', () => {
  const { signing, derive } = loadKeys({ dataDir })
  expect(derive('signing')).toEqual(signing)
  expect(derive('sealing')).not.toEqual(signing)
  expect(derive('sealing')).toEqual(loadKeys({ dataDir }).derive('sealing'))
})

it('takes a shared key, in base64 or hex, and then makes no file', () => {
  const bytes = Buffer.from(Array.from({ length: 32 }, (_, index) => index * 7))
  const base64 = loadKeys({ dataDir, secretKey: bytes.toString('base64') })
  const hex = loadKeys({ dataDir: root, secretKey: bytes.toString('hex') })
  expect(base64.signing).toEqual(hex.signing)
  expect(readdirSync(root)).toEqual([])
})

it('moves from the file to the variable without change', () => {
  const { signing } = loadKeys({ dataDir })
  const { secretKey } = JSON.parse(readFileSync(path, 'utf8')) as { secretKey: string }
  expect(loadKeys({ dataDir: root, secretKey }).signing).toEqual(signing)
})

it.each([
  ['changeme!', /STRONGROOM_SECRET_KEY is neither base64 nor hex/],
  ['c2hvcnQ=', /has 5 bytes, 32 are needed/],
  ['00'.repeat(32), /is not random/],
  ['', /neither/],
])('refuses %s', (secretKey, want) => {
  expect(() => loadKeys({ dataDir, secretKey })).toThrow(want)
})

it.each([
  ['{', /is not JSON/],
  ['{}', /has no 'secretKey'/],
  ['{"secretKey":"AAAA"}', /32 are needed/],
])('refuses the file %s', (text, want) => {
  replace(text)
  expect(() => loadKeys({ dataDir })).toThrow(want)
})

it('refuses a file that everybody can read, and a link', () => {
  loadKeys({ dataDir })
  chmodSync(path, 0o604)
  expect(() => loadKeys({ dataDir })).toThrow(/chmod 600/)
  symlinkSync(path, join(root, 'keys.json'))
  expect(() => loadKeys({ dataDir: root })).toThrow(/not a plain file/)
})
