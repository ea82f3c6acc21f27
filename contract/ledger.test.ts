import { describe, expect, it } from 'vitest'
import { loadConfig } from '../server/main/config.ts'
import { openFaces } from '../server/main/faces.ts'
import { drivers } from './drivers.ts'
import type { FaceDriver } from './face-driver.ts'
import { gaps } from './gaps.ts'
import { ledgerFaults } from './ledger.ts'
import { wantedOf } from './wanted.ts'

describe.each(openFaces(loadConfig({})))('the ledger of $name', (face) => {
  const name = face.name as FaceDriver['name']

  it('names exactly what is documented and not reached', async () => {
    const operations = Object.values(drivers[name].operations)
    const ledger = { operations, built: new Set(face.rows.keys()), wanted: await wantedOf(name) }
    expect(ledgerFaults(ledger, gaps[name])).toEqual([])
  })
})

describe('a ledger', () => {
  const [first, second] = Object.values(drivers.dracoon.operations)
  const [a, b] = [first!, second!]
  const statuses = Object.keys(a.statuses).map(Number)
  const wanted = new Map([
    [a.id, new Map(statuses.slice(1).map((one) => [one, new Set(a.statuses[one])]))],
  ])
  const ledger = { operations: [a, b], built: new Set([a.id]), wanted }
  const notBuilt = [{ missing: 'x', operations: b.id }]
  const open = { status: statuses[0]!, why: 'x', operations: a.id }

  it('is content with gaps that are still there', () => {
    expect(ledgerFaults(ledger, { notBuilt, unreached: [open] })).toEqual([])
    const all = { ...open, operations: 'all' }
    expect(ledgerFaults(ledger, { notBuilt, unreached: [all] })).toEqual([])
  })

  it('finds what no gap names', () => {
    expect(ledgerFaults(ledger, { notBuilt: [], unreached: [] })).toHaveLength(2)
  })

  it('finds gaps that are closed, by name or as a whole', () => {
    const closed = { ...open, status: statuses[1]! }
    for (const operations of [a.id, 'all']) {
      const unreached = [open, { ...closed, operations }]
      expect(ledgerFaults(ledger, { notBuilt, unreached })).toHaveLength(1)
    }
    const built = [{ missing: 'x', operations: `${a.id} ${b.id}` }]
    expect(ledgerFaults(ledger, { notBuilt: built, unreached: [open] })).toHaveLength(1)
  })

  describe('of codes', () => {
    const found = Object.values(drivers.dracoon.operations).find(({ id }) => id === 'createFolder')
    const status = 400
    const [one, ...others] = found!.statuses[status]!
    const reached = new Map(
      Object.entries(found!.statuses).map(([key, codes]) => [Number(key), new Set(codes)]),
    )
    reached.set(status, new Set(others))
    const codesLedger = {
      operations: [found!],
      built: new Set([found!.id]),
      wanted: new Map([[found!.id, reached]]),
    }
    const faultsOf = (...codes: string[]) => {
      const unreachedCodes = codes.map((text) => ({ why: 'x', codes: text }))
      return ledgerFaults(codesLedger, { notBuilt: [], unreached: [], unreachedCodes })
    }

    it('is content with the codes that no row wants', () => {
      expect(faultsOf(`\n  ${found!.id}: ${one}`)).toEqual([])
      expect(faultsOf(`all: ${one}`)).toEqual([])
    })

    it('finds a code that no gap names', () => {
      expect(faultsOf()).toEqual([
        `${found!.id} ${status} ${one}: no row wants it, and it is no gap`,
      ])
    })

    it('finds gaps of codes that are reached, not documented, or told twice', () => {
      const line = `${found!.id}: ${one}`
      expect(faultsOf(`${line}, ${others[0]}`)).toHaveLength(1)
      expect(faultsOf(`${line}\nnobody: ${one}`)).toHaveLength(1)
      expect(faultsOf(line, line)).toHaveLength(1)
      expect(faultsOf(`${line}\nall: ${one}`)).toHaveLength(1)
    })

    it('asks for no codes of a status that no row reaches', () => {
      reached.delete(status)
      const unreached = [{ status, why: 'x', operations: found!.id }]
      expect(ledgerFaults(codesLedger, { notBuilt: [], unreached })).toEqual([])
      reached.set(status, new Set(others))
    })
  })
})
