import { hostname } from 'node:os'
import { DatabaseSync } from 'node:sqlite'
import { EngineError } from './engine-error.ts'
import { primaryCode, sqliteCode } from './sqlite-codes.ts'

/**
 * Makes this process the only server of a database, until `release` or the end of the process,
 * however it ends. The lock is the write lock of a small database beside it, which also says who
 * holds it. Throws EngineError 'in-use' when another server, or this one already, has it.
 */
export function lockDatabase(path: string): { release(): void } {
  const lock = new DatabaseSync(`${path}-server`, { timeout: 0 })
  try {
    lock.exec('begin immediate')
    leaveNote(lock)
  } catch (error) {
    const busy = primaryCode(error) === sqliteCode.busy
    const holder = busy ? holderOf(lock) : undefined
    lock.close()
    if (!busy) throw error
    throw new EngineError('in-use', `${path} is served by ${holder} already`, error)
  }
  return { release: () => lock.close() }
}

/** Writes down who holds the lock, then holds it again. A full disk must not keep a server down. */
function leaveNote(lock: DatabaseSync): void {
  try {
    lock.exec('create table if not exists holder (text not null); delete from holder')
    lock.prepare('insert into holder values (?)').run(`process ${process.pid} on ${hostname()}`)
    lock.exec('commit')
  } catch (error) {
    if (primaryCode(error) !== sqliteCode.full) throw error
    if (lock.isTransaction) lock.exec('rollback')
  }
  lock.exec('begin immediate')
}

/** The note is a courtesy: when it cannot be read, the lock holds all the same. */
function holderOf(lock: DatabaseSync): string {
  try {
    const row = lock.prepare('select text from holder').get()
    return typeof row?.text === 'string' ? row.text : 'another process'
  } catch {
    return 'another process'
  }
}
