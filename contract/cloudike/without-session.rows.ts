import { cloudikeRows } from '../../server/faces/cloudike/rows.ts'
import type { DocumentedOperation } from '../../server/faces/documented.ts'
import { anonymousRows } from '../anonymous-rows.ts'
import type { ContractRow, Send } from '../row.ts'
import { cloudikeDriver } from './driver.ts'

const open: ReadonlySet<string> = new Set(anonymousRows.cloudike)

/** Something for each name in the path: who calls is asked before anything else. */
function anything({ path }: DocumentedOperation): Send {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
  return { params: Object.fromEntries(names.map((name) => [name, 'x'])) }
}

/** Every operation that wants a token, without one. */
export const withoutSessionRows: readonly ContractRow[] = cloudikeRows()
  .filter(({ id }) => !open.has(id))
  .flatMap(({ id }) => cloudikeDriver.operations[id] ?? [])
  .map((operation) => ({
    op: operation.id,
    name: 'without a token',
    as: null,
    send: anything(operation),
    want: { status: 401, code: 'Unauthorized' },
  }))
