import { expect, test } from 'vitest'
import { urlValues } from './url-values.ts'

test('a repeated name becomes a list and the path wins', () => {
  const query = new URLSearchParams('a=1&b=2&a=3&a=&id=evil')
  expect(urlValues({ id: '7' }, query)).toEqual({ a: ['1', '3', ''], b: '2', id: '7' })
})

test('a query cannot reach the object prototype', () => {
  const values = urlValues({}, new URLSearchParams('__proto__=x'))
  expect(Object.keys(values)).toEqual(['__proto__'])
  expect(Object.getPrototypeOf(values)).toBe(Object.prototype)
})

test('a query of many names is read in one pass', () => {
  const query = new URLSearchParams(Array.from({ length: 50_000 }, (_, i) => `n${i}=1`).join('&'))
  const start = performance.now()
  expect(Object.keys(urlValues({}, query))).toHaveLength(50_000)
  expect(performance.now() - start).toBeLessThan(2_000)
})
