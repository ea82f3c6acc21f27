import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { fromBase64, toBase64 } from '../../crypto/base64.ts'
import { fromBase64 as bytesOf, toBase64 as textOf } from '../../crypto/base64.ts'
import type { decryptBytes, encryptBytes } from '../../crypto/file-bytes.ts'
import { unwrapFileKey, wrapFileKey } from '../../crypto/file-key.ts'
import { decryptStream, encryptStream } from '../../crypto/file-streams.ts'
import { generateKeyPair, type KeyVersion, unlockPrivateKey } from '../../crypto/key-pair.ts'
import { hasBrowser, openBrowser } from './browser.ts'

/** What the page has of crypto/. */
declare const cipher: {
  fromBase64: typeof fromBase64
  toBase64: typeof toBase64
  encryptBytes: typeof encryptBytes
  decryptBytes: typeof decryptBytes
  wrapFileKey: typeof wrapFileKey
  unwrapFileKey: typeof unwrapFileKey
  generateKeyPair: typeof generateKeyPair
  unlockPrivateKey: typeof unlockPrivateKey
}

const parts = ['base64', 'file-bytes', 'file-key', 'key-pair']
const iterations = 1000
/** Large primes are a matter of luck. */
const timeout = 120_000
const text = 'a file, für alle'

async function bundled(): Promise<string> {
  const contents = parts.map((name) => `export * from './${name}.ts'`).join('\n')
  const resolveDir = fileURLToPath(new URL('../../crypto/', import.meta.url))
  const { outputFiles } = await build({
    stdin: { contents, resolveDir },
    bundle: true,
    format: 'iife',
    globalName: 'cipher',
    platform: 'browser',
    write: false,
  })
  return outputFiles[0]!.text
}

async function read(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const found: Uint8Array[] = []
  for await (const part of bytes) found.push(part)
  return Buffer.concat(found)
}

/** In the page: a pair, a file, its key, and whether the way back leads to the file. */
async function sealHere({ version, text }: { version: KeyVersion; text: string }) {
  const pair = await cipher.generateKeyPair(version, 'pässword', { iterations: 1000 })
  const { bytes, key } = await cipher.encryptBytes(new TextEncoder().encode(text))
  const fileKey = await cipher.wrapFileKey(key, pair.publicKeyContainer)
  const own = await cipher.unlockPrivateKey(pair.privateKeyContainer, 'pässword')
  const opened = await cipher.decryptBytes(bytes, await cipher.unwrapFileKey(fileKey, own))
  const wrong = await cipher.unlockPrivateKey(pair.privateKeyContainer, 'b').catch((e) => e.code)
  return {
    pair,
    fileKey,
    bytes: cipher.toBase64(bytes),
    back: new TextDecoder().decode(opened),
    wrong,
  }
}

async function sealInNode(version: KeyVersion) {
  const pair = await generateKeyPair(version, 'pässword', { iterations, hash: 'SHA-256' })
  const sealing = encryptStream([Buffer.from(text)])
  const bytes = textOf(await read(sealing.bytes))
  return { pair, fileKey: await wrapFileKey(sealing.key(), pair.publicKeyContainer), bytes }
}

/** In the page: what Node made. */
async function openHere({ pair, fileKey, bytes }: Awaited<ReturnType<typeof sealInNode>>) {
  const own = await cipher.unlockPrivateKey(pair.privateKeyContainer, 'pässword')
  const key = await cipher.unwrapFileKey(fileKey, own)
  return new TextDecoder().decode(await cipher.decryptBytes(cipher.fromBase64(bytes), key))
}

describe.skipIf(!hasBrowser())('encryption in a browser', { timeout }, () => {
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    browser = await openBrowser()
    page = await browser.newPage()
    // Browsers encrypt on pages of a trustworthy origin only; nothing listens there.
    const blank = { contentType: 'text/html', body: '<!doctype html><title>blank</title>' }
    await page.route('http://localhost/**', (route) => route.fulfill(blank))
    await page.goto('http://localhost/')
    await page.addScriptTag({ content: await bundled() })
  })
  afterAll(() => browser?.close())

  test.each(['A', 'RSA-4096'] as const)(
    'a pair %s and a file, opened there and in Node',
    async (version) => {
      const made = await page.evaluate(sealHere, { version, text })
      expect(made).toMatchObject({ back: text, wrong: 'wrong-password' })
      const own = await unlockPrivateKey(made.pair.privateKeyContainer, 'pässword')
      const key = await unwrapFileKey(made.fileKey, own)
      const opened = await read(decryptStream([bytesOf(made.bytes)], key))
      expect(opened.toString()).toBe(text)
    },
  )

  test.each(['A', 'RSA-4096'] as const)('what Node made with a pair %s', async (version) => {
    expect(await page.evaluate(openHere, await sealInNode(version))).toBe(text)
  })
})
