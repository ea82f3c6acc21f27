import { resolve } from 'node:path'
import type { Engine, EngineOptions } from './engine.ts'
import { openSqlite } from './sqlite.ts'

/**
 * Opens the database that the URL names: `sqlite:/path/file.db` (also relative, `sqlite:data/x.db`)
 * or `postgres://user@host:port/name`. The schema is the business of `migrate`.
 */
export async function openEngine<DB>(options: EngineOptions): Promise<Engine<DB>> {
  const { url } = options
  if (/^postgres(ql)?:\/\//.test(url)) {
    // Its client library is loaded where it is used, and not at every start.
    const { openPostgres } = await import('./postgres.ts')
    return openPostgres<DB>(options)
  }
  const path = /^sqlite:(?:\/\/(?=\/))?(.+)$/.exec(url)?.[1]
  if (path) return openSqlite<DB>(resolve(path), options)
  throw new Error('The database URL begins with sqlite: or postgres://')
}
