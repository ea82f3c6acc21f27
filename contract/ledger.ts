import type { DocumentedOperation } from '../server/faces/documented.ts'
import type { Gaps } from './gaps-of-tags.ts'
import { codeFaults } from './ledger-codes.ts'
import type { Wanted } from './wanted.ts'

/** What one face documents, and what is built and reached of it. */
export type Ledger = {
  readonly operations: readonly DocumentedOperation[]
  readonly built: ReadonlySet<string>
  readonly wanted: Wanted
}

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '')

const statusesOf = (operation: DocumentedOperation): number[] =>
  Object.keys(operation.statuses).map(Number)

const reaches = ({ wanted }: Ledger, id: string, status: number): boolean =>
  wanted.get(id)?.has(status) === true

/** Documented and built, but in no row; 'operation status', in the document's order. */
export function unreachedOf(ledger: Ledger): string[] {
  return ledger.operations
    .filter(({ id }) => ledger.built.has(id))
    .flatMap((operation) =>
      statusesOf(operation)
        .filter((status) => !reaches(ledger, operation.id, status))
        .map((status) => `${operation.id} ${status}`),
    )
}

export const notBuiltOf = ({ operations, built }: Ledger): string[] =>
  operations.map(({ id }) => id).filter((id) => !built.has(id))

function listed(ledger: Ledger, gaps: Gaps): string[] {
  const open = unreachedOf(ledger)
  return gaps.unreached.flatMap(({ status, operations }) => {
    if (operations === 'all') return open.filter((gap) => gap.endsWith(` ${status}`))
    return words(operations).map((id) => `${id} ${status}`)
  })
}

const twice = (names: readonly string[]) =>
  names.filter((name, index) => names.indexOf(name) !== index)

/** Every way in which the gaps are not what is missing; empty when they are. */
export function ledgerFaults(ledger: Ledger, gaps: Gaps): string[] {
  const named = gaps.notBuilt.flatMap(({ operations }) => words(operations))
  const missing = notBuiltOf(ledger)
  const open = unreachedOf(ledger)
  const told = listed(ledger, gaps)
  const say = (text: string) => (name: string) => `${name}: ${text}`
  return [
    ...missing.filter((id) => !named.includes(id)).map(say('neither built nor a gap')),
    ...named
      .filter((id) => !missing.includes(id))
      .map(say('a gap that is built or not documented')),
    ...open.filter((gap) => !told.includes(gap)).map(say('no row reaches it, and it is no gap')),
    ...told
      .filter((gap) => !open.includes(gap))
      .map(say('a gap that is reached or not documented')),
    ...twice(named).map(say('a gap twice')),
    ...twice(told).map(say('a gap twice')),
    ...emptyGaps(open, gaps),
    ...codeFaults(ledger, gaps),
  ]
}

/** A status of which nothing is open any more. */
function emptyGaps(open: readonly string[], gaps: Gaps): string[] {
  return gaps.unreached
    .filter(({ status, operations }) => operations === 'all' && !open.some(ends(status)))
    .map(({ status }) => `${status}: every operation reaches it now`)
}

const ends = (status: number) => (gap: string) => gap.endsWith(` ${status}`)
