import { describe, expect, it } from 'vitest'
import { readDate, withDates, writeDate } from './dates.ts'
import { schemas } from './generated/operations.ts'

const noon = Date.UTC(2021, 2, 3, 12, 30, 15, 250)

describe('readDate', () => {
  it.each([
    ['2021-03-03T12:30:15.250Z', noon],
    ['2021-03-03T12:30:15,25', noon],
    ['2021-03-03T12:30:15.250999999', noon],
    ['2021-03-03 12:30:15.25', noon],
    ['2021-03-03T14:30:15.250+02:00', noon],
    ['2021-03-03T14:30:15.250+0200', noon],
    ['2021-03-03T12:30', Date.UTC(2021, 2, 3, 12, 30)],
    ['2021-03-03', Date.UTC(2021, 2, 3)],
    ['2021-03', undefined],
    ['2021-13-03', undefined],
    ['2021-03-03T25:00', undefined],
    ['tomorrow', undefined],
    ['', undefined],
  ])('reads %s', (text, expected) => {
    expect(readDate(text)).toBe(expected)
  })

  it('reads what writeDate writes', () => {
    expect(writeDate(noon)).toBe('2021-03-03T12:30:15.250Z')
    expect(readDate(writeDate(noon))).toBe(noon)
  })
})

describe('withDates', () => {
  const utc = writeDate(noon)
  const list = {
    range: { offset: 0, limit: 1, total: 1 },
    items: [{ id: 1, name: utc, type: 'file', createdAt: utc, createdBy: { userName: utc } }],
  }

  it.each([
    ['UTC', utc],
    ['LEET', utc],
    ['LOCAL', '2021-03-03T12:30:15.250'],
    ['OFFSET', '2021-03-03T12:30:15.250+00:00'],
    ['EPOCH', noon],
  ] as const)('writes %s only where the document has a date', (format, expected) => {
    const [item] = list.items
    expect(withDates(list, 'NodeList', schemas, format)).toEqual({
      ...list,
      items: [{ ...item, createdAt: expected }],
    })
  })
})
