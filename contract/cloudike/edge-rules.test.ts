import { describe, expect, it } from 'vitest'
import { loadConfig } from '../../server/main/config.ts'
import { runRows } from '../run.ts'
import { allRows } from './all-rows.ts'
import { cloudikeDriver } from './driver.ts'
import { edgeRows } from './edge-rules.rows.ts'

runRows(cloudikeDriver, 'edge rules', edgeRows)

/** Rules about operations that are not served. */
const notServed: Readonly<Record<number, string>> = {
  28: 'a user goes at once: the states of his removal from a company are not served',
  29: 'the versions of the vendor’s own clients are not served',
}
const highest = 31

describe('the edge rules', () => {
  it('are proven by rows that bear their numbers, or not served', async () => {
    const names = (await allRows()).map(({ name }) => name)
    const proven = (rule: number) => names.some((name) => new RegExp(`^rule ${rule}: `).test(name))
    const missing: number[] = []
    for (let rule = 1; rule <= highest; rule++) {
      if (!proven(rule) && !(rule in notServed)) missing.push(rule)
    }
    expect(missing).toEqual([])
  })

  it('rule 30: the mailed link lives for an hour, or as long as is set', () => {
    expect(loadConfig({}).lifetimes.resetSeconds).toBe(3600)
    const env = { STRONGROOM_RESET_SECONDS: '86400' }
    expect(loadConfig(env).lifetimes.resetSeconds).toBe(86_400)
  })
})
