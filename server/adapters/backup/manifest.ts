import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { refuse } from './backup-error.ts'
import { writeFlushedFile } from './flushed-file.ts'
import type { FileFacts } from './line-files.ts'

/** The form of backups that this program writes, and the only one it reads. */
export const backupFormat = 1

export type TableFile = FileFacts & { readonly rows: number }

/** What lies in a backup's folder; the last thing that a backup writes. */
export type Manifest = {
  readonly format: number
  /** Version of the program that wrote it. */
  readonly program: string
  /** The schema: names of the migrations that its database had. */
  readonly migrations: readonly string[]
  readonly engine: string
  /** UUID of the first tenant: tells installations apart. */
  readonly installation: string
  /** The moment of the snapshot, and of this manifest; ISO 8601. */
  readonly takenAt: string
  readonly finishedAt: string
  /** Folder of the tables and of the list of objects, below the backup's own. */
  readonly rows: string
  readonly tables: Readonly<Record<string, TableFile>>
  readonly sequences: Readonly<Record<string, number>>
  readonly keys: FileFacts
  /** `missing` and `damaged` were so in the byte store when the backup was made. */
  readonly objects: FileFacts & {
    readonly count: number
    readonly bytes: number
    readonly missing: number
    readonly damaged: number
  }
}

const fileName = 'manifest.json'

const checksumOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Writes the manifest in place of the one before it, flushed. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const checksum = checksumOf(JSON.stringify(manifest))
  const text = `${JSON.stringify({ checksum, manifest }, null, 2)}\n`
  await writeFlushedFile(join(folder, fileName), text)
}

/** The manifest of a folder; undefined where there is none. Refuses one that was changed. */
export async function findManifest(folder: string): Promise<Manifest | undefined> {
  const path = join(folder, fileName)
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    return refuse(`${path} cannot be read: ${(error as Error).message}`)
  }
  const { checksum, manifest } = parsed(path, text)
  if (manifest?.format !== undefined && manifest.format !== backupFormat) {
    refuse(`${path} has format ${manifest.format}; this program reads format ${backupFormat}`)
  }
  if (manifest === undefined || checksumOf(JSON.stringify(manifest)) !== checksum) {
    return refuse(`${path} is damaged: its content is not what was written`)
  }
  return manifest
}

function parsed(path: string, text: string): { checksum?: unknown; manifest?: Manifest } {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value
  } catch {
    // Said below.
  }
  return refuse(`${path} is damaged: it is no JSON object`)
}
