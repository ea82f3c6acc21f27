import { describe, expect, it } from 'vitest'
import { exportCode, nobodyId, nodeCode, readCode, tenantCode, userCode } from './ids.ts'

describe('ids on the wire', () => {
  it.each([1, 45, 2 ** 32 + 7, Number.MAX_SAFE_INTEGER])('%d comes back, with its kind', (id) => {
    expect(readCode(nodeCode(id))).toEqual({ kind: 'node', id })
    expect(readCode(userCode(id))).toEqual({ kind: 'user', id })
    expect(readCode(tenantCode(id))).toEqual({ kind: 'tenant', id })
  })

  it('have the documented form and are never numbers', () => {
    for (const code of [nodeCode(9), userCode(9), tenantCode(9)]) {
      expect(code).toMatch(/^[0-9a-f]{16}$/)
      expect(Number(code)).toBeNaN()
    }
  })

  it('takes capital letters and blanks around', () => {
    expect(readCode(` ${nodeCode(171).toUpperCase()} `)).toEqual({ kind: 'node', id: 171 })
  })

  it.each([
    '',
    '0',
    '-1',
    'a0',
    nobodyId,
    'a0ffffffffffffff',
    'b000000000000001',
    'a000000000000000',
  ])('%s is none', (text) => {
    expect(readCode(text)).toBeUndefined()
  })

  it('names export tokens with eight digits', () => {
    expect(exportCode(255)).toBe('export_000000ff')
  })
})
