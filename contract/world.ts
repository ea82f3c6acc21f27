import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BucketAlreadyOwnedByYou, CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { type TestDatabase, testDatabases } from '../server/adapters/sql/test-databases.ts'
import type { App } from '../server/core/ctx.ts'
import { loadConfig } from '../server/main/config.ts'
import { openLog } from '../server/main/log.ts'
import { start } from '../server/main/start.ts'

export type World = {
  readonly engine: 'sqlite' | 'postgres'
  readonly url: string
  readonly app: App
  readonly admin: { readonly login: string; readonly password: string }
  /** Database statements run since the start. */
  statements(): number
  readonly dataDir: string
  /** The settings that it runs with, for commands beside it. */
  readonly env: Readonly<Record<string, string>>
  stop(): Promise<void>
}

export type WorldOptions = {
  /** Default: STRONGROOM_TEST_ENGINE, or SQLite. */
  readonly engine?: 'sqlite' | 'postgres'
  readonly env?: Readonly<Record<string, string>>
}

export const adminPassword = 'correct-horse-battery'

/** The engine that tests of whole servers run on: STRONGROOM_TEST_ENGINE, or SQLite. */
export const usualEngine = process.env.STRONGROOM_TEST_ENGINE === 'postgres' ? 'postgres' : 'sqlite'

/**
 * A whole server in this process, on a free port, with an empty database and byte store of its
 * own: SQLite or PostgreSQL, a local folder or (STRONGROOM_TEST_STORAGE=s3) the S3 test server.
 */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const engine = options.engine ?? usualEngine
  const dataDir = mkdtempSync(join(tmpdir(), 'strongroom-world-'))
  const database = await databaseFor(engine)
  const env = {
    STRONGROOM_LISTEN: '127.0.0.1:0',
    STRONGROOM_DATA: dataDir,
    STRONGROOM_ADMIN_PASSWORD: adminPassword,
    STRONGROOM_LOG_LEVEL: process.env.STRONGROOM_TEST_LOG ?? 'silent',
    ...(database ? { STRONGROOM_DATABASE_URL: database.url } : {}),
    ...(await storageEnv()),
    ...options.env,
  }
  const config = loadConfig(env)
  const log = openLog({ level: config.log.level })
  const started = await start(config, log, () => undefined)
  return {
    engine,
    url: started.url,
    app: started.open.app,
    statements: () => started.open.engineStats().statements,
    admin: { login: 'admin', password: adminPassword },
    dataDir,
    env,
    stop: async () => {
      await started.stop()
      await database?.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function databaseFor(engine: 'sqlite' | 'postgres'): Promise<TestDatabase | undefined> {
  if (engine === 'sqlite') return undefined
  const databases = await testDatabases(process.env.STRONGROOM_TEST_POSTGRES_URL)
  const postgres = databases.find(({ kind }) => kind === 'postgres')
  if (!postgres) throw new Error('no PostgreSQL server answers; see STRONGROOM_TEST_POSTGRES_URL')
  return postgres.create()
}

/** A place of its own in the bucket, so that the sweep of one world leaves the others alone. */
async function storageEnv(): Promise<Record<string, string>> {
  if (process.env.STRONGROOM_TEST_STORAGE !== 's3') return {}
  const given = process.env.STRONGROOM_TEST_S3_URL
  if (!given) throw new Error('STRONGROOM_TEST_STORAGE=s3 needs STRONGROOM_TEST_S3_URL')
  const { hostname, search, searchParams } = new URL(given)
  const client = new S3Client({
    endpoint: searchParams.get('endpoint') ?? undefined,
    region: searchParams.get('region') ?? 'us-east-1',
    forcePathStyle: true,
  })
  await client.send(new CreateBucketCommand({ Bucket: hostname })).catch((error: unknown) => {
    if (!(error instanceof BucketAlreadyOwnedByYou)) throw error
  })
  client.destroy()
  const place = `world-${randomBytes(6).toString('hex')}`
  return {
    STRONGROOM_STORAGE_URL: `s3://${hostname}/${place}${search}`,
    AWS_ACCESS_KEY_ID: process.env.AWS_ACCESS_KEY_ID ?? '',
    AWS_SECRET_ACCESS_KEY: process.env.AWS_SECRET_ACCESS_KEY ?? '',
  }
}
