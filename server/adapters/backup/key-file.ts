import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { refuse } from './backup-error.ts'
import { writeFlushedFile } from './flushed-file.ts'

const fileName = 'keys.json'

export const keyFile = (folder: string): string => join(folder, fileName)

/** Writes the server's key (base64url) beside the rows that are of no use without it. */
export async function writeKeyFile(folder: string, secretKey: string): Promise<void> {
  const text = `${JSON.stringify({ version: 1, secretKey }, null, 2)}\n`
  await writeFlushedFile(keyFile(folder), text)
}

/** The server's key from a verified file. */
export async function readKeyFile(folder: string): Promise<string> {
  const value = JSON.parse(await readFile(keyFile(folder), 'utf8')) as { secretKey?: unknown }
  return typeof value.secretKey === 'string'
    ? value.secretKey
    : refuse(`${keyFile(folder)} holds no key`)
}
