import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import type { Engine } from './engine.ts'
import { EngineError } from './engine-error.ts'

/** All migrations by name; they run in the order of their names ('0001-…'). */
export type Migrations = Readonly<Record<string, Migration>>

export type MigrationStep = {
  readonly name: string
  /** From 1 to `of`, among those that were missing. */
  readonly number: number
  readonly of: number
  readonly state: 'started' | 'done'
}

/**
 * Brings the schema to the newest state in one transaction, or leaves it as it was. Processes that
 * start at the same time wait for each other. Resolves with the names that ran. Throws EngineError
 * 'newer' when the database knows a migration that this program does not.
 */
export async function migrate<DB>(
  engine: Engine<DB>,
  migrations: Migrations,
  onStep: (step: MigrationStep) => void = () => undefined,
): Promise<string[]> {
  return engine.exclusive(async (db) => {
    const done = await executed(db)
    refuseNewer(done, migrations)
    const missing = Object.keys(migrations).filter((name) => !done.includes(name))
    const provider = { getMigrations: async () => told(migrations, missing, onStep) }
    const { error } = await new Migrator({ db, provider }).migrateToLatest()
    if (error !== undefined) throw error
    return missing.sort()
  })
}

/**
 * Refuses a schema that is not exactly this program's: EngineError 'newer' or 'older'. For a tool,
 * which must not change the schema below a running server.
 */
export async function requireNewest<DB>(db: Kysely<DB>, migrations: Migrations): Promise<void> {
  const done = await executed(db)
  refuseNewer(done, migrations)
  const missing = Object.keys(migrations).filter((name) => !done.includes(name))
  if (missing.length === 0) return
  const message =
    done.length === 0
      ? 'The database holds no installation yet: start the server once'
      : 'The database was made by an older program: start the server of this version once'
  throw new EngineError('older', message)
}

/** The names of the migrations that a database has, oldest first; none for a new one. */
export async function executed<DB>(db: Kysely<DB>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(({ name }) => name === 'kysely_migration')) return []
  const { rows } = await sql<{ name: string }>`select name from kysely_migration
    order by name`.execute(db)
  return rows.map(({ name }) => name)
}

function refuseNewer(done: readonly string[], migrations: Migrations): void {
  const unknown = done.filter((name) => !Object.hasOwn(migrations, name))
  if (unknown.length === 0) return
  const message = `The database was made by a newer program: it has ${unknown.join(', ')}`
  throw new EngineError('newer', message)
}

function told(
  migrations: Migrations,
  missing: readonly string[],
  onStep: (step: MigrationStep) => void,
): Record<string, Migration> {
  const order = [...missing].sort()
  const of = order.length
  return Object.fromEntries(
    Object.entries(migrations).map(([name, migration]) => {
      const number = order.indexOf(name) + 1
      const up: Migration['up'] = async (db) => {
        onStep({ name, number, of, state: 'started' })
        await migration.up(db)
        onStep({ name, number, of, state: 'done' })
      }
      return [name, { ...migration, up }]
    }),
  )
}
