import { describe, expect, it } from 'vitest'
import { isFault } from '../../core/fault.ts'
import {
  boolean,
  booleanOrAny,
  date,
  integer,
  integers,
  maxFilterTerms,
  maxListText,
  maxPage,
  parseFilter,
  parseRange,
  parseSort,
  text,
  words,
} from './query.ts'

const fields = {
  type: { eq: words({ room: 'room', folder: 'folder' } as const) },
  name: { cn: text, eq: text },
  parentPath: { eq: text },
  timestampCreation: { ge: date, le: date },
  id: { eq: integers },
  size: { ge: integer },
  isFavorite: { eq: boolean },
  isGranted: { eq: booleanOrAny },
  attributeKey: { nex: text },
} as const

const rule = (act: () => unknown): unknown => {
  try {
    act()
  } catch (error) {
    return isFault(error, 'invalid') ? error.data.rule : error
  }
  return 'accepted'
}

describe('parseFilter', () => {
  it('reads terms, several values and ranges', () => {
    const filter = parseFilter(
      'type:eq:room:folder|name:cn:a b|timestampCreation:ge:2016-12-31T23:00:00.123' +
        '|timestampCreation:le:2017-01-01|isGranted:eq:any|id:eq:1:2',
      fields,
    )
    expect(filter).toEqual({
      type: { eq: ['room', 'folder'] },
      name: { cn: 'a b' },
      timestampCreation: {
        ge: Date.UTC(2016, 11, 31, 23, 0, 0, 123),
        le: Date.UTC(2017, 0, 1),
      },
      isGranted: { eq: 'any' },
      id: { eq: [1, 2] },
    })
  })

  it('leaves colons and slashes in single values', () => {
    expect(parseFilter('parentPath:eq:/a:b/c/', fields)).toEqual({ parentPath: { eq: '/a:b/c/' } })
  })

  it('is empty for nothing', () => {
    expect(parseFilter(undefined, fields)).toEqual({})
    expect(parseFilter('', fields)).toEqual({})
  })

  it.each([
    ['nope:eq:1', 'field'],
    ['__proto__:eq:1', 'field'],
    ['name:ge:1', 'operator'],
    ['name:constructor:1', 'operator'],
    ['name:cn', 'required'],
    ['name:cn:', 'required'],
    ['name', 'field'],
    ['|', 'field'],
    ['type:eq:file', 'word'],
    ['type:eq:toString', 'word'],
    ['type:eq:room:', 'required'],
    ['size:ge:1.5', 'integer'],
    ['size:ge:9007199254740993', 'integer'],
    ['id:eq:1:x', 'integer'],
    ['isFavorite:eq:yes', 'boolean'],
    ['timestampCreation:ge:2016-13-01', 'date'],
    ['timestampCreation:ge:soon', 'date'],
    ['name:cn:a|name:cn:b', 'repeated'],
    [`name:cn:${'x'.repeat(maxListText)}`, 'too-long'],
    ['size:ge:1|'.repeat(maxFilterTerms), 'too-long'],
  ])('refuses %s', (raw, expected) => {
    expect(rule(() => parseFilter(raw, fields))).toBe(expected)
  })
})

describe('parseSort', () => {
  const sorts = { name: 'name', createdAt: 'createdAt', login: 'name' } as const

  it('reads fields and directions, ascending when none is given', () => {
    expect(parseSort('createdAt:desc|login:ASC|name', sorts)).toEqual([
      { by: 'createdAt', descending: true },
      { by: 'name', descending: false },
      { by: 'name', descending: false },
    ])
    expect(parseSort(undefined, sorts)).toEqual([])
  })

  it.each([
    ['size:asc', 'field'],
    ['constructor:asc', 'field'],
    ['name:up', 'direction'],
    ['name:asc:desc', 'direction'],
  ])('refuses %s', (raw, expected) => {
    expect(rule(() => parseSort(raw, sorts))).toBe(expected)
  })
})

describe('parseRange', () => {
  it('answers the maximum where no limit or none is asked for', () => {
    expect(parseRange({})).toEqual({ offset: 0, limit: maxPage })
    expect(parseRange({ offset: 7, limit: 0 })).toEqual({ offset: 7, limit: maxPage })
    expect(parseRange({ limit: 1000 }, 1000)).toEqual({ offset: 0, limit: 1000 })
  })

  it.each([[{ offset: -1 }], [{ limit: -1 }], [{ limit: maxPage + 1 }]])('refuses %o', (params) => {
    expect(rule(() => parseRange(params))).toBe('range')
  })
})
