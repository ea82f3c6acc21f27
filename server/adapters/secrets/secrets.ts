import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  hash as oneShot,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import type { Secrets } from '../../core/ctx.ts'

/** Argon2id at OWASP's first recommendation: 19 MiB, two passes, one lane. */
const passwordCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const sealBytes = { iv: 12, tag: 16 }

/** Random values, signatures and sealing under one server key of at least 32 bytes. */
export function openSecrets(key: Uint8Array): Secrets {
  if (key.length < 32) throw new Error('the server key must have at least 32 bytes')
  const derived = new Map<string, Buffer>()
  const keyFor = (purpose: string): Buffer => {
    let found = derived.get(purpose)
    if (!found) {
      found = Buffer.from(hkdfSync('sha256', key, 'strongroom', purpose, 32))
      derived.set(purpose, found)
    }
    return found
  }
  const sign = (purpose: string, text: string) =>
    createHmac('sha256', keyFor(`sign:${purpose}`))
      .update(text)
      .digest('base64url')
  const standIn = lazyStandIn()
  return {
    token: (bytes = 24) => randomBytes(Math.max(bytes, 16)).toString('base64url'),
    blobKey: () => randomBytes(16).toString('hex'),
    digest: (token) => oneShot('sha256', token, 'hex'),
    sign,
    verify: (purpose, text, signature) => equal(sign(purpose, text), signature),
    seal: (text) => seal(keyFor('seal'), text),
    unseal: (sealed) => unseal(keyFor('seal'), sealed),
    hashPassword: (password) => hash(password, passwordCost),
    checkPassword: async (password, stored) => {
      const matches = await verify(stored ?? (await standIn()), password)
      return stored !== null && matches
    },
  }
}

/** A hash of a random password, so that an unknown account costs as much as a known one. */
function lazyStandIn(): () => Promise<string> {
  let made: Promise<string> | undefined
  return () => {
    made ??= hash(randomBytes(16).toString('hex'), passwordCost)
    return made
  }
}

function equal(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function seal(key: Buffer, text: string): string {
  const iv = randomBytes(sealBytes.iv)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')
}

function unseal(key: Buffer, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url')
  const { iv, tag } = sealBytes
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, iv))
  decipher.setAuthTag(bytes.subarray(iv, iv + tag))
  return decipher.update(bytes.subarray(iv + tag), undefined, 'utf8') + decipher.final('utf8')
}
