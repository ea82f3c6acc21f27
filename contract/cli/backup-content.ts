import { createReadStream } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { createZstdDecompress } from 'node:zlib'
import type { Manifest } from '../../server/adapters/backup/manifest.ts'

export async function manifestIn(folder: string): Promise<Manifest> {
  const { manifest } = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as {
    manifest: Manifest
  }
  return manifest
}

/** The text of every compressed file of a backup, by name: all rows, and the list of objects. */
export async function linesIn(folder: string): Promise<Record<string, string[]>> {
  const { rows } = await manifestIn(folder)
  const found: Record<string, string[]> = {}
  for (const name of (await readdir(join(folder, rows))).sort()) {
    const plain = createReadStream(join(folder, rows, name)).pipe(createZstdDecompress())
    found[name] = (await text(plain)).split('\n')
  }
  return found
}
