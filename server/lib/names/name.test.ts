import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hostileNames, sameNames } from './hostile-names.ts'
import { checkName, maxNameBytes, utf8Bytes } from './name.ts'
import { nameKey } from './name-key.ts'

const anything = fc.string({ unit: 'binary', maxLength: 300 })

describe('checkName', () => {
  test('the table of hostile names holds at least 160', () => {
    expect(hostileNames.length).toBeGreaterThanOrEqual(160)
    const inNfc = new Set(hostileNames.map(({ name }) => name))
    expect(inNfc.size).toBe(hostileNames.length)
  })

  test.each(hostileNames)('$why: $verdict', ({ name, verdict }) => {
    const checked = checkName(name)
    expect('rule' in checked ? checked.rule : 'ok').toBe(verdict)
  })

  test('what is accepted is the NFC form of what came, and nothing else', () => {
    fc.assert(
      fc.property(anything, (raw) => {
        const checked = checkName(raw)
        if ('rule' in checked) return
        expect(checked.name).toBe(raw.normalize('NFC'))
        expect(checked.key).toBe(nameKey(raw))
        expect(Buffer.from(checked.name).toString()).toBe(checked.name)
        expect(Buffer.byteLength(checked.name)).toBeLessThanOrEqual(maxNameBytes)
        expect(checked.name).not.toMatch(/[/\\\p{Cc}]/u)
      }),
    )
  })

  test('what is accepted once is accepted again, unchanged', () => {
    fc.assert(
      fc.property(anything, (raw) => {
        const checked = checkName(raw)
        if (!('rule' in checked)) expect(checkName(checked.name)).toEqual(checked)
      }),
    )
  })

  test('counts bytes as UTF-8 does', () => {
    fc.assert(
      fc.property(anything, (text) => {
        fc.pre(text.isWellFormed())
        expect(utf8Bytes(text)).toBe(Buffer.byteLength(text))
      }),
    )
  })
})

describe('nameKey', () => {
  test.each(sameNames)('%j and %j are one name', (first, second) => {
    expect(nameKey(first)).toBe(nameKey(second))
  })

  test.each([
    ['i', '\u0131'],
    ['a', '\u00E4'],
    ['1', '\u00B9'],
    ['K', '\uFF2B'],
    ['a b', 'a\u00A0b'],
  ])('%j and %j are two names', (first, second) => {
    expect(nameKey(first)).not.toBe(nameKey(second))
  })

  test('every character has the key of its lower, upper and decomposed form', () => {
    const different: string[] = []
    for (let code = 1; code < 0x20000; code++) {
      const point = String.fromCodePoint(code)
      if (!point.isWellFormed() || point === '\u0131') continue
      const key = nameKey(point)
      const forms = [point.toLowerCase(), point.toUpperCase(), point.normalize('NFD'), key]
      if (forms.some((form) => nameKey(form) !== key)) different.push(code.toString(16))
    }
    expect(different).toEqual([])
  })

  test('is its own key', () => {
    fc.assert(fc.property(anything, (text) => nameKey(nameKey(text)) === nameKey(text)))
  })
})
