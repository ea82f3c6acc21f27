import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openSecrets } from './secrets.ts'

const secrets = openSecrets(randomBytes(32))

describe('secrets', () => {
  it('refuses a short key', () => {
    expect(() => openSecrets(randomBytes(31))).toThrow('at least 32 bytes')
  })

  it('makes tokens of at least 128 bits, all different', () => {
    const tokens = new Set(Array.from({ length: 1000 }, () => secrets.token(1)))
    expect(tokens.size).toBe(1000)
    for (const token of tokens) expect(Buffer.from(token, 'base64url').length).toBe(16)
  })

  it('verifies only its own signature for the same purpose', () => {
    const signature = secrets.sign('part', '1.2')
    expect(secrets.verify('part', '1.2', signature)).toBe(true)
    expect(secrets.verify('part', '1.3', signature)).toBe(false)
    expect(secrets.verify('download', '1.2', signature)).toBe(false)
    expect(secrets.verify('part', '1.2', '')).toBe(false)
    expect(openSecrets(randomBytes(32)).verify('part', '1.2', signature)).toBe(false)
  })

  it('gives sealed text back and refuses changed text', () => {
    const sealed = secrets.seal('grüße 🗝')
    expect(secrets.unseal(sealed)).toBe('grüße 🗝')
    expect(sealed).not.toContain('gr')
    const bytes = Buffer.from(sealed, 'base64url')
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    expect(() => secrets.unseal(bytes.toString('base64url'))).toThrow()
  })

  it('checks passwords, and says no where there is no hash', async () => {
    const stored = await secrets.hashPassword('correct horse')
    expect(await secrets.checkPassword('correct horse', stored)).toBe(true)
    expect(await secrets.checkPassword('wrong horse', stored)).toBe(false)
    expect(await secrets.checkPassword('correct horse', null)).toBe(false)
  })
})
