import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { drivers } from './drivers.ts'
import type { FaceDriver } from './face-driver.ts'
import { matrices } from './matrix/matrices.ts'
import { verdictsOf } from './matrix/matrix-row.ts'
import type { ContractRow, Scene, Want } from './row.ts'

/** An error code of a face. */
export type Code = number | string

/**
 * Statuses that contract rows want, by operation, each with the error codes that they want under
 * it. A row that gets something else fails the tests.
 */
export type Wanted = ReadonlyMap<string, ReadonlyMap<number, ReadonlySet<Code>>>

/**
 * What the rows of a face want: all arrays that its `*.rows.ts` export. Throws for an array that
 * no test beside it names: rows that nobody runs reach nothing. The permission matrix reaches the
 * 403 of those who lack a right, where that has no code.
 */
export async function wantedOf(face: FaceDriver['name']): Promise<Wanted> {
  const folder = join(import.meta.dirname, face)
  const files = readdirSync(folder)
  const tests = files.filter((file) => file.endsWith('.test.ts'))
  const run = tests.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n')
  const wanted: Notes = new Map()
  for (const file of files.filter((one) => one.endsWith('.rows.ts')).sort()) {
    const exported = (await import(join(folder, file))) as Record<string, unknown>
    for (const [name, rows] of Object.entries(exported)) {
      if (!Array.isArray(rows)) continue
      if (!new RegExp(`\\b${name}\\b`).test(run)) throw new Error(`no test runs ${name} of ${file}`)
      for (const row of rows as ContractRow[]) note(wanted, row.op, wantOf(row))
    }
  }
  for (const row of matrices[face]) {
    const isPlain = drivers[face].operations[row.op]?.statuses[403]?.length === 0
    const isForbidden = Object.values(verdictsOf(row)).includes('forbidden')
    if (isPlain && isForbidden) note(wanted, row.op, { status: 403 })
  }
  return wanted
}

type Notes = Map<string, Map<number, Set<Code>>>

function note(wanted: Notes, op: string, { status, code }: Want): void {
  const statuses = wanted.get(op) ?? new Map<number, Set<Code>>()
  const codes = statuses.get(status) ?? new Set()
  if (code !== undefined) codes.add(code)
  wanted.set(op, statuses.set(status, codes))
}

export function wantOf({ want }: ContractRow): Want {
  return typeof want === 'function' ? want(nobodysScene) : want
}

/** Enough of a scene for rows whose wants name ids and paths; the status never hangs on them. */
const nobodysScene: Scene = {
  url: 'http://nowhere.test',
  id: () => 1,
  nodeId: () => 1,
  userId: () => 1,
  core: () => {
    throw new Error('a want makes nothing')
  },
  path: (path) => path,
  call: () => Promise.reject(new Error('a want calls nothing')),
  waitForMail: () => Promise.reject(new Error('a want waits for nothing')),
  waitForText: () => Promise.reject(new Error('a want waits for nothing')),
  kept: {},
}
