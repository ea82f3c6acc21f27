import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toBase64 } from './base64.ts'
import { unwrapFileKey, wrapFileKey } from './file-key.ts'
import { changePassword, unlockPrivateKey } from './key-pair.ts'
import { findOpenssl, oaepOptions } from './openssl.suite.ts'

const openssl = findOpenssl()!
const [iv, tag] = [new Uint8Array(12).fill(1), new Uint8Array(16).fill(2)]
const key = Uint8Array.from({ length: 32 }, (_, at) => 255 - at)
const password = 'pässword'
/** Large primes are a matter of luck. */
const timeout = 120_000

describe.skipIf(!openssl)('openssl and we', () => {
  afterAll(() => openssl.remove())

  describe.each([
    { version: 'A', bits: 2048, fileVersion: 'A' },
    { version: 'RSA-4096', bits: 4096, fileVersion: 'RSA-4096/AES-256-GCM' },
  ] as const)('a key pair $version', ({ version, bits, fileVersion }) => {
    let [plain, secret, holder] = ['', '', '']

    beforeAll(() => {
      plain = openssl.path('plain.pem')
      holder = openssl.path('public.pem')
      secret = openssl.write('password', password)
      const size = ['-pkeyopt', `rsa_keygen_bits:${bits}`]
      openssl.run('genpkey', '-algorithm', 'RSA', ...size, '-out', plain)
      openssl.run('pkey', '-in', plain, '-pubout', '-out', holder)
    }, timeout)

    /** The private key as openssl puts it under the password. */
    const sealedThere = (hash = 'SHA1') => {
      const pbes2 = ['-v2', 'aes-256-cbc', '-v2prf', `hmacWith${hash}`, '-iter', '2500']
      const files = ['-in', plain, '-out', openssl.path('sealed.pem')]
      openssl.run('pkcs8', '-topk8', ...pbes2, ...files, '-passout', `file:${secret}`)
      return { version, privateKey: openssl.read('sealed.pem') }
    }

    test.each(['SHA1', 'SHA256'])('we open its container with PBKDF2 and %s', async (hash) => {
      const container = sealedThere(hash)
      const der = openssl.run('pkcs8', '-topk8', '-nocrypt', '-in', plain, '-outform', 'DER')
      expect(await unlockPrivateKey(container, password)).toEqual({ version, pkcs8: der })
      const wrong = unlockPrivateKey(container, 'password')
      await expect(wrong).rejects.toMatchObject({ code: 'wrong-password' })
    })

    test.each(['SHA-1', 'SHA-256'] as const)('it opens ours with %s', async (hash) => {
      const options = { iterations: 1000, hash }
      const sealed = await changePassword(sealedThere(), password, password, options)
      const publicKey = { version, publicKey: openssl.read('public.pem') }
      const wrapped = await wrapFileKey({ key, iv, tag }, publicKey)
      expect(wrapped.version).toBe(fileVersion)
      const own = openssl.write('own.pem', sealed.privateKey)
      const bytes = openssl.write('wrapped', Buffer.from(wrapped.key, 'base64'))
      const files = ['-inkey', own, '-passin', `file:${secret}`, '-in', bytes]
      const found = openssl.run('pkeyutl', '-decrypt', ...files, ...oaepOptions(version))
      expect(found).toEqual(key)
    })

    test('we unwrap what it wrapped, with the mask hash of the version alone', async () => {
      const own = await unlockPrivateKey(sealedThere(), password)
      const bytes = openssl.write('key', key)
      const wrap = (mask?: string) => {
        const files = ['-pubin', '-inkey', holder, '-in', bytes]
        const wrapped = openssl.run('pkeyutl', '-encrypt', ...files, ...oaepOptions(version, mask))
        const rest = { iv: toBase64(iv), tag: toBase64(tag) }
        return { version: fileVersion, key: toBase64(wrapped), ...rest }
      }
      // Several, since each is another number.
      for (let round = 0; round < 5; round++) {
        expect(await unwrapFileKey(wrap(), own)).toEqual({ key, iv, tag })
      }
      const other = unwrapFileKey(wrap(version === 'A' ? 'sha256' : 'sha1'), own)
      await expect(other).rejects.toMatchObject({ code: 'malformed' })
    })
  })
})
