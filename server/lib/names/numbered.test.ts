import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hostileNames } from './hostile-names.ts'
import { checkName, utf8Bytes } from './name.ts'
import { numbered, splitEnding } from './numbered.ts'

describe('numbered', () => {
  test.each([
    ['a.txt', 'a (1).txt'],
    ['a', 'a (1)'],
    ['.profile', '.profile (1)'],
    ['.config.json', '.config (1).json'],
    ['backup.tar.gz', 'backup (1).tar.gz'],
    ['.tar.gz', '.tar (1).gz'],
    ['a (1).txt', 'a (1) (1).txt'],
    ['Meeting of 3. May', 'Meeting of 3. May (1)'],
    ['a.averyveryverylongending', 'a.averyveryverylongending (1)'],
  ])('%j becomes %j', (name, expected) => {
    expect(numbered(name, 1)).toBe(expected)
  })

  test('a container is numbered at its end', () => {
    expect(numbered('v1.2', 3, false)).toBe('v1.2 (3)')
  })

  test('a long stem is shortened between graphemes, ending and number stay', () => {
    const family = '\u{1F469}\u200D\u{1F469}\u200D\u{1F467}'
    const name = `${family.repeat(14)}.txt`
    expect(numbered(name, 1)).toBe(`${family.repeat(13)} (1).txt`)
    expect(numbered(`a${'\u0334'.repeat(127)}`, 1)).toBe(`a${'\u0334'.repeat(125)} (1)`)
  })

  test('is a name, fits, and differs from number to number', () => {
    const ok = hostileNames.filter((row) => row.verdict === 'ok').map((row) => row.name)
    const number = fc.integer({ min: 1, max: 1_000_000 })
    fc.assert(
      fc.property(fc.constantFrom(...ok), number, fc.boolean(), (raw, n, isFile) => {
        const checked = checkName(raw)
        if ('rule' in checked) throw new Error('the table says it is a name')
        const name = numbered(checked.name, n, isFile)
        expect(utf8Bytes(name)).toBeLessThanOrEqual(255)
        expect(checkName(name)).toMatchObject({ name })
        expect(numbered(checked.name, n + 1, isFile)).not.toBe(name)
      }),
    )
  })

  test('stem and ending are the whole name', () => {
    fc.assert(fc.property(fc.string(), (name) => splitEnding(name).join('') === name))
  })
})
