import type { Gaps } from './gaps-of-tags.ts'
import type { Ledger } from './ledger.ts'
import type { Code } from './wanted.ts'

/** A documented operation × status × error code. */
export type Pair = { readonly id: string; readonly status: number; readonly code: Code }

export const isReached = ({ wanted }: Ledger, { id, status, code }: Pair): boolean =>
  wanted.get(id)?.get(status)?.has(code) === true

/** Every documented pair of built operations. An answer to HEAD has no body that could have one. */
export function pairsOf({ operations, built }: Ledger): Pair[] {
  return operations
    .filter(({ id, method }) => built.has(id) && method !== 'HEAD')
    .flatMap(({ id, statuses }) =>
      Object.entries(statuses).flatMap(([status, codes]) =>
        codes.map((code) => ({ id, status: Number(status), code })),
      ),
    )
}

/** 'operation code' or 'all code', a name for each that the lines give. */
function told({ unreachedCodes = [] }: Gaps): string[] {
  const lines = unreachedCodes.flatMap(({ codes }) => codes.split('\n'))
  return lines.flatMap((line) => {
    const [id = '', codes = ''] = line.trim().split(': ')
    return id === '' ? [] : codes.split(',').map((code) => `${id} ${code.trim()}`)
  })
}

/**
 * Every way in which the gaps of codes are not what is missing. A pair under a status that no row
 * reaches is a gap of statuses and none of codes.
 */
export function codeFaults(ledger: Ledger, gaps: Gaps): string[] {
  const open = pairsOf(ledger)
    .filter(({ id, status }) => ledger.wanted.get(id)?.has(status))
    .filter((pair) => !isReached(ledger, pair))
  const lines = told(gaps)
  const named = new Set(lines)
  const bare = open.filter((pair) => !named.has(nameOf(pair)))
  const openNames = new Set([...open.map(nameOf), ...bare.map(({ code }) => `all ${code}`)])
  return [
    ...bare
      .filter(({ code }) => !named.has(`all ${code}`))
      .map(({ id, status, code }) => `${id} ${status} ${code}: no row wants it, and it is no gap`),
    ...lines
      .filter((line) => !openNames.has(line))
      .map((line) => `${line}: a gap of codes that is reached or not documented`),
    ...lines
      .filter((line, index) => lines.indexOf(line) !== index)
      .map((line) => `${line}: a gap of codes twice`),
  ]
}

const nameOf = ({ id, code }: Pair) => `${id} ${code}`
