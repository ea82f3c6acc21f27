import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testDatabases } from '../../server/adapters/sql/test-databases.ts'
import { loadConfig } from '../../server/main/config.ts'
import { openBlobStore } from '../../server/main/open-app.ts'

export type PlaceKind = { readonly engine: 'sqlite' | 'postgres'; readonly storage: 'disk' | 's3' }

/** Where an installation may be: settings of its own, and nothing in it yet. */
export type Place = {
  readonly kind: PlaceKind
  readonly dataDir: string
  readonly env: Readonly<Record<string, string>>
  drop(): Promise<void>
}

const postgresUrl = process.env.STRONGROOM_TEST_POSTGRES_URL
export const s3Url = process.env.STRONGROOM_TEST_S3_URL

/** The engines that there are; a printed line says when PostgreSQL is missing. */
export async function engines(): Promise<PlaceKind['engine'][]> {
  return (await testDatabases(postgresUrl)).map(({ kind }) => kind)
}

export async function makePlace(kind: PlaceKind): Promise<Place> {
  const dataDir = mkdtempSync(join(tmpdir(), 'strongroom-place-'))
  const databases = (await testDatabases(postgresUrl)).find((one) => one.kind === kind.engine)
  const database = kind.engine === 'postgres' ? await databases?.create() : undefined
  const storage = kind.storage === 's3' ? freshPrefix() : undefined
  const env = {
    STRONGROOM_LISTEN: '127.0.0.1:0',
    STRONGROOM_DATA: dataDir,
    STRONGROOM_LOG_LEVEL: 'silent',
    ...(database ? { STRONGROOM_DATABASE_URL: database.url } : {}),
    ...(storage ? { STRONGROOM_STORAGE_URL: storage } : {}),
  }
  return {
    kind,
    dataDir,
    env,
    async drop() {
      await database?.drop()
      if (storage) await emptyPrefix(env)
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** A folder of its own in the bucket of the tests. */
function freshPrefix(): string {
  if (!s3Url) throw new Error('STRONGROOM_TEST_S3_URL is not set')
  const url = new URL(s3Url)
  url.pathname = `/cli-${process.pid}-${Math.random().toString(36).slice(2, 10)}`
  return url.href
}

async function emptyPrefix(env: Record<string, string>): Promise<void> {
  const blobs = openBlobStore(loadConfig({ ...process.env, ...env }).storage)
  for await (const { key } of blobs.list()) await blobs.remove(key)
  await blobs.close()
}
