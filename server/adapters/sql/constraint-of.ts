import { EngineError } from './engine-error.ts'
import { codeOf } from './postgres-codes.ts'
import { extendedCode } from './sqlite-codes.ts'

/**
 * A violated constraint, told alike by both engines.
 * - unique (also a primary key): its table and columns; the index name where it is over an
 *   expression
 * - foreign: no more than that, since SQLite does not say which
 * - check: the constraint's name
 */
export type Constraint =
  | { readonly kind: 'unique'; readonly table: string; readonly columns: readonly string[] }
  | { readonly kind: 'unique'; readonly index: string }
  | { readonly kind: 'foreign' }
  | { readonly kind: 'check'; readonly name: string }

/** Which constraint a failed statement violated; undefined for every other error. */
export function constraintOf(error: unknown): Constraint | undefined {
  if (!(error instanceof Error) || error instanceof EngineError) return undefined
  const code = extendedCode(error)
  return code === undefined ? postgresConstraint(error) : sqliteConstraint(code, error.message)
}

/** True when the error is the violated unique index over exactly these columns of the table. */
export function violatesUnique(error: unknown, table: string, columns: readonly string[]): boolean {
  const constraint = constraintOf(error)
  if (constraint?.kind !== 'unique' || !('columns' in constraint)) return false
  return constraint.table === table && constraint.columns.join() === columns.join()
}

const sqlite = { check: 275, foreign: 787, primaryKey: 1555, unique: 2067, rowid: 2579 }

function sqliteConstraint(code: number, message: string): Constraint | undefined {
  const subject = message.slice(message.indexOf(': ') + 2)
  if (code === sqlite.foreign) return { kind: 'foreign' }
  if (code === sqlite.check) return { kind: 'check', name: subject }
  if (code !== sqlite.unique && code !== sqlite.primaryKey && code !== sqlite.rowid)
    return undefined
  const index = /^index '(.+)'$/.exec(subject)?.[1]
  if (index !== undefined) return { kind: 'unique', index }
  const parts = subject.split(', ').map((column) => column.split('.'))
  return { kind: 'unique', table: parts[0]![0]!, columns: parts.map((part) => part[1]!) }
}

function postgresConstraint(error: Error): Constraint | undefined {
  const { constraint = '', table = '', detail = '' } = error as PostgresError
  const code = codeOf(error)
  if (code === '23503') return { kind: 'foreign' }
  if (code === '23514') return { kind: 'check', name: constraint }
  if (code !== '23505') return undefined
  const key = /\((.+?)\)=\(/.exec(detail)?.[1]
  const columns = key?.split(', ').map((column) => column.replace(/^"(.*)"$/, '$1')) ?? []
  if (columns.length === 0 || columns.some((column) => !/^\w+$/.test(column))) {
    return { kind: 'unique', index: constraint }
  }
  return { kind: 'unique', table, columns }
}

type PostgresError = Error & { constraint?: string; table?: string; detail?: string }
