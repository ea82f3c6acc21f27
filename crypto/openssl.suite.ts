import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bytes } from './base64.ts'
import type { KeyVersion } from './key-pair.ts'

/** Another program that speaks the same formats, in a folder of its own. */
export type Openssl = {
  run(...args: readonly string[]): Bytes
  /** The path of a file with these bytes. */
  write(name: string, bytes: string | Uint8Array): string
  path(name: string): string
  read(name: string): string
  remove(): void
}

/** undefined where there is none; a line says so. */
export function findOpenssl(): Openssl | undefined {
  try {
    execFileSync('openssl', ['version'])
  } catch {
    console.log('Not compared with openssl: it is not here')
    return undefined
  }
  const folder = mkdtempSync(join(tmpdir(), 'strongroom-crypto-'))
  const path = (name: string) => join(folder, name)
  return {
    run: (...args) => Uint8Array.from(execFileSync('openssl', args, { stdio: 'pipe' })),
    write(name, bytes) {
      writeFileSync(path(name), bytes)
      return path(name)
    },
    path,
    read: (name) => readFileSync(path(name), 'utf8'),
    remove: () => rmSync(folder, { recursive: true }),
  }
}

/** RSA-OAEP as a version of key pairs has it, or with another mask hash. */
export function oaepOptions(version: KeyVersion, mask = version === 'A' ? 'sha1' : 'sha256') {
  const options = ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha256', `rsa_mgf1_md:${mask}`]
  return options.flatMap((option) => ['-pkeyopt', option])
}
