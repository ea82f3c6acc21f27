import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { EngineKind } from './engine.ts'

export type TestDatabase = {
  readonly url: string
  /** Removes it; everything opened on it must be closed. */
  drop(): Promise<void>
}

export type TestDatabases = {
  readonly kind: EngineKind
  /** Makes an empty database of its own. */
  create(): Promise<TestDatabase>
}

const usualServer = 'postgres://postgres@127.0.0.1:5432/postgres'

/**
 * The engines to run a suite on: SQLite always, PostgreSQL when a server answers at `postgresUrl`
 * (STRONGROOM_TEST_POSTGRES_URL); otherwise one printed line says that it is missing.
 */
export async function testDatabases(postgresUrl = usualServer): Promise<TestDatabases[]> {
  const sqlite: TestDatabases = { kind: 'sqlite', create: createSqlite }
  try {
    await onServer(postgresUrl, 'select 1')
  } catch (error) {
    console.warn(`NOT TESTED on PostgreSQL: no server at ${postgresUrl} (${String(error)})`)
    return [sqlite]
  }
  return [sqlite, { kind: 'postgres', create: () => createPostgres(postgresUrl) }]
}

async function createSqlite(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'strongroom-sql-'))
  return {
    url: `sqlite:${join(folder, 'test.db')}`,
    drop: async () => rmSync(folder, { recursive: true }),
  }
}

async function createPostgres(serverUrl: string): Promise<TestDatabase> {
  const name = `strongroom_test_${process.pid}_${Math.random().toString(36).slice(2, 10)}`
  await onServer(serverUrl, `create database ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return {
    url: url.href,
    drop: () => onServer(serverUrl, `drop database ${name} with (force)`),
  }
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
