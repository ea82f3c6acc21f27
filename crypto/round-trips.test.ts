import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fromBase64 } from './base64.ts'
import { decryptBytes, encryptBytes } from './file-bytes.ts'
import { unwrapFileKey, wrapFileKey } from './file-key.ts'
import { decryptStream } from './file-streams.ts'
import { changePassword, generateKeyPair, unlockPrivateKey } from './key-pair.ts'

const hasOpenssl = (() => {
  try {
    return execFileSync('openssl', ['version']).length > 0
  } catch {
    return false
  }
})()

test.each(['A', 'RSA-4096'] as const)('a key pair %s wraps and opens', async (version) => {
  const pair = await generateKeyPair(version, 'pässword', { iterations: 1000 })
  const plain = new TextEncoder().encode('some file')
  const { bytes, key } = await encryptBytes(plain)
  expect(bytes).toHaveLength(plain.length)
  const wrapped = await wrapFileKey(key, pair.publicKeyContainer)
  const next = await changePassword(pair.privateKeyContainer, 'pässword', 'b', { iterations: 999 })
  await expect(unlockPrivateKey(next, 'pässword')).rejects.toMatchObject({ code: 'wrong-password' })
  const opened = await unwrapFileKey(wrapped, await unlockPrivateKey(next, 'b'))
  expect(opened).toEqual(key)
  expect(await decryptBytes(bytes, opened)).toEqual(plain)
  const streamed: Uint8Array[] = []
  for await (const part of decryptStream([bytes], opened)) streamed.push(part)
  expect(Buffer.concat(streamed).toString()).toBe('some file')
  const broken = decryptBytes(
    bytes.map((byte) => byte ^ 1),
    opened,
  )
  await expect(broken).rejects.toMatchObject({ code: 'tampered' })
  if (!hasOpenssl) return console.warn('openssl is not here: not compared with it')
  const folder = mkdtempSync(join(tmpdir(), 'strongroom-crypto-'))
  writeFileSync(join(folder, 'key.pem'), next.privateKey)
  writeFileSync(join(folder, 'wrapped'), fromBase64(wrapped.key))
  const mask = version === 'A' ? 'sha1' : 'sha256'
  const options = ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha256', `rsa_mgf1_md:${mask}`]
  const given = options.flatMap((option) => ['-pkeyopt', option])
  const files = [
    '-inkey',
    join(folder, 'key.pem'),
    '-passin',
    'pass:b',
    '-in',
    join(folder, 'wrapped'),
  ]
  const found = execFileSync('openssl', ['pkeyutl', '-decrypt', ...files, ...given])
  rmSync(folder, { recursive: true })
  expect(Uint8Array.from(found)).toEqual(key.key)
})
