import { expect, it } from 'vitest'
import { accepts } from './accepts.ts'

it.each([
  [undefined, ['application/json'], true],
  ['', ['application/json'], true],
  ['*/*', ['application/json'], true],
  ['application/*;q=0.5', ['application/json'], true],
  ['text/html, application/json;q=0.1', ['application/json'], true],
  ['text/html', ['application/json'], false],
  ['application/json;q=0', ['application/json'], false],
  ['*/*;q=0', ['application/json'], false],
  ['application/json;q=0, */*', ['application/json'], false],
  ['application/json', ['text/plain'], true],
  ['image/png', ['text/plain'], false],
  ['image/png', ['application/octet-stream'], true],
  ['image/png', [], true],
  [',;q=,', ['application/json'], false],
])('%s allows one of %o: %s', (header, types, expected) => {
  expect(accepts(header, types)).toBe(expected)
})
