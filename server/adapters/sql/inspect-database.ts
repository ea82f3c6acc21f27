import { type Kysely, sql } from 'kysely'
import type { Engine, EngineKind, EngineOptions } from './engine.ts'
import { executed } from './migrate.ts'
import { migrations } from './migrations.ts'
import { openEngine } from './open-engine.ts'
import type { Database } from './schema.ts'
import { isUnfinished } from './unfinished-restore.ts'

/** What an operator wants to know of a database; times are in milliseconds. */
export type DatabaseFacts = {
  readonly kind: EngineKind
  readonly version: string
  /** PostgreSQL's version as one number (150020 is 15.20); 0 on SQLite. */
  readonly versionNumber: number
  readonly encoding: string
  /** Migrations that it has, that it lacks, and that this program does not know. */
  readonly done: readonly string[]
  readonly missing: readonly string[]
  readonly unknown: readonly string[]
  readonly isUnfinished: boolean
  /** What the engine warns of: settings that lose commits. */
  readonly warnings: readonly string[]
  readonly clockAheadMs: number
  /** How far the newest event of the first tenant lies in the future; 0: it does not. */
  readonly newestEventAheadMs: number
}

/** Looks at a database that is there, as a tool, and changes nothing in it. */
export async function inspectDatabase(
  options: Pick<EngineOptions, 'url' | 'postgres'>,
): Promise<DatabaseFacts> {
  const warnings: string[] = []
  const onWarning = (message: string) => warnings.push(message)
  const engine = await openEngine<Database>({ ...options, role: 'tool', onWarning })
  try {
    return { ...(await factsOf(engine)), warnings }
  } finally {
    await engine.close()
  }
}

async function factsOf({ kind, read }: Engine<Database>): Promise<Omit<DatabaseFacts, 'warnings'>> {
  const done = await executed(read)
  const known = Object.keys(migrations)
  const about = kind === 'sqlite' ? await aboutSqlite(read) : await aboutPostgres(read)
  const newest = done.length > 0 ? await newestEvent(read) : undefined
  return {
    kind,
    ...about,
    done,
    missing: known.filter((name) => !done.includes(name)),
    unknown: done.filter((name) => !known.includes(name)),
    isUnfinished: await isUnfinished(read),
    newestEventAheadMs: newest === undefined ? 0 : Math.max(0, newest - Date.now()),
  }
}

type About = Pick<DatabaseFacts, 'version' | 'versionNumber' | 'encoding' | 'clockAheadMs'>

async function aboutSqlite(db: Kysely<Database>): Promise<About> {
  const { rows } = await sql<{ version: string; encoding: string }>`
    select sqlite_version() as version, encoding from pragma_encoding`.execute(db)
  const { version, encoding } = rows[0]!
  return { version, versionNumber: 0, encoding: encoding.replace('-', ''), clockAheadMs: 0 }
}

async function aboutPostgres(db: Kysely<Database>): Promise<About> {
  const asked = Date.now()
  const { rows } = await sql<{ version: string; number: string; encoding: string; now: number }>`
    select current_setting('server_version') as version,
      current_setting('server_version_num') as number,
      current_setting('server_encoding') as encoding,
      cast(extract(epoch from clock_timestamp()) * 1000 as bigint) as now`.execute(db)
  const { version, number, encoding, now } = rows[0]!
  const here = (asked + Date.now()) / 2
  return { version, versionNumber: Number(number), encoding, clockAheadMs: now - here }
}

async function newestEvent(db: Kysely<Database>): Promise<number | undefined> {
  const first = db.selectFrom('tenants').select((eb) => eb.fn.min('id').as('id'))
  const newest = db.selectFrom('events').select('at').where('tenant_id', '=', first)
  return (await newest.orderBy('id', 'desc').limit(1).executeTakeFirst())?.at
}
