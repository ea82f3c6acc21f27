import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DocumentedOperation, JsonSchema, SchemaUse } from '../documented.ts'
import { type DateFormat, dateFormats, readDate, withDates, writeDate } from './dates.ts'
import { operations, schemas } from './generated/operations.ts'

const replies = Object.values(operations as Readonly<Record<string, DocumentedOperation>>).flatMap(
  ({ id, success, replies }) =>
    success.flatMap((status) => {
      const use = replies[status]
      return use ? [{ id, use }] : []
    }),
)

/** What a date looks like in each format. */
const forms: Readonly<Record<DateFormat, (time: number) => unknown>> = {
  UTC: writeDate,
  LEET: writeDate,
  LOCAL: (time) => writeDate(time).slice(0, -1),
  OFFSET: (time) => `${writeDate(time).slice(0, -1)}+00:00`,
  EPOCH: (time) => time,
}

const schemaOf = (use: SchemaUse): JsonSchema => {
  const schema = typeof use === 'string' ? schemas[use]! : use
  return schema.$ref === undefined ? schema : schemaOf(schema.$ref)
}

/** A value with every member that the document has, dates written by `date`, texts that look so. */
function whole(use: SchemaUse, date: () => unknown, text: string, depth = 0): unknown {
  const schema = schemaOf(use)
  if (schema.type === 'string') return schema.format === 'date-time' ? date() : text
  if (schema.type === 'array') {
    return depth < 6 && schema.items ? [whole(schema.items, date, text, depth + 1)] : []
  }
  if (!schema.properties) return schema.type === 'boolean' ? true : 1
  const members = Object.entries(schema.properties).filter(() => depth < 6)
  return Object.fromEntries(
    members.map(([name, member]) => [name, whole(member, date, text, depth + 1)]),
  )
}

describe('X-Sds-Date-Format', () => {
  it('knows replies with dates', () => {
    const dated = replies.filter(({ use }) =>
      JSON.stringify(whole(use, () => 'a date', '')).includes('a date'),
    )
    expect(dated.length).toBeGreaterThan(80)
  })

  const time = fc.integer({ min: 0, max: Date.UTC(2999, 0, 1) })

  it.each(dateFormats)('%s is every date of every reply, and nothing else', (format) => {
    fc.assert(
      fc.property(time, (at) => {
        for (const { use } of replies) {
          const utc = writeDate(at)
          const given = whole(use, () => utc, utc)
          const expected = whole(use, () => forms[format](at), utc)
          expect(withDates(given, use, schemas, format)).toEqual(expected)
        }
      }),
      { numRuns: 5 },
    )
  })

  it.each(['UTC', 'LEET', 'LOCAL', 'OFFSET'] as const)(
    '%s is read back as the same time',
    (format) => {
      fc.assert(
        fc.property(time, (at) => {
          expect(readDate(String(forms[format](at)))).toBe(at)
        }),
      )
    },
  )
})
