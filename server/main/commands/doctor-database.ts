import { existsSync } from 'node:fs'
import { inspectDatabase } from '../../adapters/sql/inspect-database.ts'
import type { Config } from '../config.ts'
import { databaseOptions } from '../open-app.ts'
import { type Diagnosis, good, poor, wrong } from './diagnosis.ts'
import { saidReason } from './said.ts'

const oldestPostgres = 130_000
const clockMs = 2000

/** Reachable, its version, its schema, its settings and its clock. Nothing is migrated or made. */
export async function checkDatabase(config: Config): Promise<Diagnosis[]> {
  const { database } = config
  if (database.engine === 'sqlite' && !existsSync(database.file)) {
    return [good(`Database: ${database.file} is made at the first start`)]
  }
  try {
    return findingsOf(await inspectDatabase(databaseOptions(config)))
  } catch (error) {
    const remedy =
      database.engine === 'postgres'
        ? 'check STRONGROOM_DATABASE_URL, and that PostgreSQL runs and lets us in'
        : `is ${database.file} a database of ours, and may this user write to it?`
    return [wrong(`Database: ${saidReason(error)}; ${remedy}`)]
  }
}

type Facts = Awaited<ReturnType<typeof inspectDatabase>>

function findingsOf(facts: Facts): Diagnosis[] {
  const name = facts.kind === 'sqlite' ? 'SQLite' : 'PostgreSQL'
  const isOld = facts.kind === 'postgres' && facts.versionNumber < oldestPostgres
  return [
    isOld
      ? wrong(`Database: ${name} ${facts.version} is too old: use 13 or newer`)
      : good(`Database: ${name} ${facts.version}`),
    ...(facts.encoding === 'UTF8'
      ? []
      : [wrong(`Database: its encoding is ${facts.encoding}; make it anew with encoding UTF8`)]),
    schemaOf(facts),
    ...settingsOf(facts),
    ...clockOf(facts),
  ]
}

function schemaOf({ missing, unknown, isUnfinished, done }: Facts): Diagnosis {
  if (isUnfinished) {
    return wrong('Schema: a restore into this database has not ended; repeat it until it succeeds')
  }
  if (unknown.length > 0) {
    return wrong(`Schema: made by a newer program (${unknown.join(', ')}); use that one`)
  }
  if (done.length === 0) return good('Schema: is made at the first start')
  if (missing.length === 0) return good(`Schema: ${done.at(-1)}, the newest`)
  return poor(`Schema: ${missing.join(', ')} will be added at the next start; back up before`)
}

function settingsOf({ warnings, kind }: Facts): Diagnosis[] {
  if (warnings.length > 0) return warnings.map((warning) => wrong(`Settings: ${warning}`))
  return kind === 'postgres' ? [good('Settings: PostgreSQL keeps what it has committed')] : []
}

function clockOf({ clockAheadMs, newestEventAheadMs }: Facts): Diagnosis[] {
  const remedy = 'set the clocks by NTP'
  if (Math.abs(clockAheadMs) > clockMs) {
    const seconds = (clockAheadMs / 1000).toFixed(1)
    return [wrong(`Clock: the database’s is ${seconds} s ahead of this machine’s; ${remedy}`)]
  }
  if (newestEventAheadMs > clockMs) {
    const seconds = Math.round(newestEventAheadMs / 1000)
    return [wrong(`Clock: ${seconds} s behind the newest event in the database; ${remedy}`)]
  }
  return [good('Clock')]
}
