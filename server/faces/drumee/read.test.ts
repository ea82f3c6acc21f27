import { describe, expect, it } from 'vitest'
import { Fault } from '../../core/fault.ts'
import { textValues } from './read.ts'

describe('textValues', () => {
  it.each([
    ['a=1&b=x+y%21&', { a: '1', b: 'x y!' }],
    ['{"a":{"b":[1]}}', { a: { b: [1] } }],
    ['%7B%22a%22%3A1%7D&', { a: 1 }],
    ['{"a":"b+c&d=e"}&&', { a: 'b+c&d=e' }],
    ['a=1&a=2', { a: ['1', '2'] }],
    ['', {}],
  ])('%s', (text, values) => {
    expect({ ...textValues(text) }).toEqual(values)
  })

  it.each(['{"a":', '[1]', '%7Bx', '{}x'])('%s is refused as JSON', (text) => {
    expect(() => textValues(text)).toThrow(Fault)
  })

  it('cannot reach a prototype', () => {
    expect(Object.getPrototypeOf({ ...textValues('{"__proto__":{"x":1}}') })).toBe(Object.prototype)
    expect(({} as { x?: number }).x).toBeUndefined()
  })

  it('takes no time over much text', () => {
    const started = performance.now()
    expect(() => textValues(`${'&'.repeat(500_000)}x`)).toThrow(Fault)
    expect(() => textValues('a&'.repeat(300_000))).toThrow(Fault)
    expect(textValues('a=1&'.repeat(9000)).a).toHaveLength(9000)
    expect({ ...textValues('&'.repeat(500_000)) }).toEqual({})
    expect(performance.now() - started).toBeLessThan(2000)
  })
})
