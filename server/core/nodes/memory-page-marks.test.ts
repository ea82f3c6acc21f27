import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memoryPageMarks } from './memory-page-marks.ts'

const key = (id: number) => ({ values: [2, `name ${id}`], id })

describe('memoryPageMarks', () => {
  test('answers the nearest position at or before the offset', () => {
    const marks = memoryPageMarks()
    marks.remember('s', 100, key(100))
    marks.remember('s', 50, key(50))
    expect(marks.nearest('s', 49)).toBeUndefined()
    expect(marks.nearest('s', 50)).toEqual({ offset: 50, after: key(50) })
    expect(marks.nearest('s', 99)?.offset).toBe(50)
    expect(marks.nearest('s', 1e9)?.offset).toBe(100)
    expect(marks.nearest('other', 100)).toBeUndefined()
  })

  test('forgets the scope used longest ago', () => {
    const marks = memoryPageMarks({ scopes: 2 })
    marks.remember('a', 1, key(1))
    marks.remember('b', 1, key(1))
    marks.nearest('a', 1)
    marks.remember('c', 1, key(1))
    expect(['a', 'b', 'c'].map((scope) => marks.nearest(scope, 1) !== undefined)).toEqual([
      true,
      false,
      true,
    ])
  })

  test('gives nothing but what was remembered, never beyond the offset, bounded', () => {
    const offsets = fc.array(fc.nat(1000), { maxLength: 300 })
    fc.assert(
      fc.property(offsets, fc.nat(1000), (remembered, asked) => {
        const marks = memoryPageMarks({ marksPerScope: 16 })
        for (const offset of remembered) marks.remember('s', offset, key(offset))
        const mark = marks.nearest('s', asked)
        if (!mark) return
        expect(mark.offset).toBeLessThanOrEqual(asked)
        expect(remembered).toContain(mark.offset)
        expect(mark.after).toEqual(key(mark.offset))
      }),
    )
  })

  test('keeps the newest mark when it thins out', () => {
    const marks = memoryPageMarks({ marksPerScope: 4 })
    for (let offset = 0; offset < 1000; offset += 10) {
      marks.remember('s', offset, key(offset))
      expect(marks.nearest('s', offset)?.offset).toBe(offset)
    }
  })
})
