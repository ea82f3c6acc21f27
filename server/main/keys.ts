import { hkdfSync, randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { ConfigError } from './config.ts'

/** The server's secret keys; each purpose has a key of its own, of 32 bytes. */
export type Keys = {
  /** Signs the addresses of parts and downloads. */
  signing: Buffer
  /** A key for another purpose; the same purpose always gives the same key. */
  derive: (purpose: string) => Buffer
}

const keyBytes = 32
const fewestDistinct = 12

/** Why the server does not start; the message tells what to do. */
const refuse = (message: string): never => {
  throw new ConfigError([message])
}

function decode(text: string): Buffer | undefined {
  if (/^(?:[0-9a-f]{2})+$/i.test(text)) return Buffer.from(text, 'hex')
  if (/^[\w+/-]+={0,2}$/.test(text)) return Buffer.from(text, 'base64')
  return undefined
}

/** The bytes of a key in base64 or hex; refuses short ones and ones that are plainly not random. */
function strongKey(text: string, where: string): Buffer {
  const key = decode(text.trim())
  const remedy = "'openssl rand -base64 32' makes a good one"
  if (key === undefined) return refuse(`${where} is neither base64 nor hex; ${remedy}`)
  if (key.length < keyBytes) {
    return refuse(`${where} has ${key.length} bytes, ${keyBytes} are needed; ${remedy}`)
  }
  if (new Set(key).size < fewestDistinct) return refuse(`${where} is not random; ${remedy}`)
  return key
}

function flushFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/**
 * Makes the key file and flushes it. A link gives it its name, so that of several processes that
 * start together one wins and none reads half a file.
 */
function makeKeyFile(folder: string, path: string, key: Buffer): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  const handle = openSync(draft, 'wx', 0o600)
  try {
    const secretKey = key.toString('base64url')
    writeFileSync(handle, `${JSON.stringify({ version: 1, secretKey }, null, 2)}\n`)
    fsyncSync(handle)
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    closeSync(handle)
    unlinkSync(draft)
  }
  flushFolder(folder)
}

function readKeyFile(path: string): Buffer {
  const facts = lstatSync(path)
  if (!facts.isFile()) return refuse(`${path} is not a plain file`)
  if ((facts.mode & 0o007) !== 0) {
    return refuse(`${path} is open to every user of this machine; run: chmod 600 ${path}`)
  }
  let secretKey: unknown
  try {
    ;({ secretKey } = JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return refuse(`${path} is not JSON; restore it from a backup`)
  }
  if (typeof secretKey !== 'string') return refuse(`${path} has no 'secretKey'`)
  return strongKey(secretKey, `the key in ${path}`)
}

const exists = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined

/** Where the key of an installation is: given, or in a file of the data directory. */
export type KeyPlace = { dataDir: string; secretKey?: string | undefined }

/**
 * The key behind all others, as base64url, or undefined where there is none yet: nothing is made.
 * Throws ConfigError for a key that the server would refuse.
 */
export function findSecretKey(from: KeyPlace): string | undefined {
  return findRootKey(from)?.toString('base64url')
}

function findRootKey({ dataDir, secretKey }: KeyPlace): Buffer | undefined {
  if (secretKey !== undefined) return strongKey(secretKey, 'STRONGROOM_SECRET_KEY')
  const path = join(dataDir, 'keys.json')
  return exists(path) ? readKeyFile(path) : undefined
}

/** Makes the key file of a data directory that has none, with this key (base64url), flushed. */
export function saveSecretKey(dataDir: string, secretKey: string): void {
  makeKeyFile(dataDir, join(dataDir, 'keys.json'), strongKey(secretKey, 'the key'))
}

/**
 * The keys of this installation: from `secretKey` where it is given (several processes share it),
 * else from `<dataDir>/keys.json`, which the first start makes. Throws ConfigError with one clear
 * line when a key is weak, short or readable by everybody.
 */
export function loadKeys(from: KeyPlace): Keys {
  const path = join(from.dataDir, 'keys.json')
  if (from.secretKey === undefined && !exists(path)) {
    makeKeyFile(from.dataDir, path, randomBytes(keyBytes))
  }
  const root = findRootKey(from) ?? refuse(`${path} has gone`)
  const derive = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', root, '', `strongroom ${purpose}`, keyBytes))
  return { signing: derive('signing'), derive }
}
