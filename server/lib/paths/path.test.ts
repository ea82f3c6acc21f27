import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatPath, parsePath } from './path.ts'

const segment = fc
  .string({ minLength: 1, unit: 'binary' })
  .filter((text) => !text.includes('/') && text !== '.' && text !== '..')

describe('parsePath', () => {
  test.each([
    ['', []],
    ['/', []],
    ['a', ['a']],
    ['/a', ['a']],
    ['/a/', ['a']],
    ['a/b', ['a', 'b']],
    ['/a b/ç', ['a b', 'ç']],
    ['/%2F/..a', ['%2F', '..a']],
    ['/a\\b', ['a\\b']],
  ])('%j is %j', (text, expected) => {
    expect(parsePath(text, 10)).toEqual(expected)
  })

  test.each([
    ['//', 'empty-segment'],
    ['//a', 'empty-segment'],
    ['a//b', 'empty-segment'],
    ['/a//', 'empty-segment'],
    ['.', 'dots'],
    ['/a/../b', 'dots'],
    ['/a/./b', 'dots'],
    ['/..', 'dots'],
    ['/../', 'dots'],
    ['1/2/3/4/5/6/7/8/9/10/11', 'depth'],
    ['a/'.repeat(1_000_000), 'depth'],
  ])('%j is refused: %s', (text, rule) => {
    expect(parsePath(text, 10)).toMatchObject({ rule })
  })

  test('reads what formatPath writes', () => {
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 10 }), (segments) => {
        expect(parsePath(formatPath(segments), 10)).toEqual(segments)
      }),
    )
  })

  test('never gives a way up or an empty segment', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a./\\%]*$/), (text) => {
        const parsed = parsePath(text, 100)
        if (!Array.isArray(parsed)) return
        expect(parsed.filter((each) => ['', '.', '..'].includes(each))).toEqual([])
      }),
    )
  })
})
