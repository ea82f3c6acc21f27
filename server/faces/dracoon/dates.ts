import type { JsonSchema, SchemaUse } from '../documented.ts'

/** The formats of `X-Sds-Date-Format` (dossier 1). */
export const dateFormats = ['UTC', 'LOCAL', 'OFFSET', 'EPOCH', 'LEET'] as const
export type DateFormat = (typeof dateFormats)[number]

/** Milliseconds as ISO 8601 in UTC with `Z`: the one form that every client reads. */
export function writeDate(time: number): string {
  return new Date(time).toISOString()
}

/** `writeDate` for a time that may be missing; a missing one is left out of the answer. */
export function writeDateIf(time: number | null): string | undefined {
  return time === null ? undefined : writeDate(time)
}

const parts =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d))?(?:[.,](\d{1,9}))?(Z|[+-]\d\d:?\d\d)?)?$/i

/**
 * Milliseconds of a date-time as clients send it: with or without zone (none means UTC), seconds
 * and fraction, or a date alone (start of the day, UTC). Undefined if it is none.
 */
export function readDate(text: string): number | undefined {
  const found = parts.exec(text)
  if (!found) return undefined
  const [, day = '', time = '00:00', second = '00', fraction = '', zone = 'Z'] = found
  const offset = zone.toUpperCase() === 'Z' ? 'Z' : zone.replace(/^(.\d\d):?/, '$1:')
  const millis = `${fraction}000`.slice(0, 3)
  const value = Date.parse(`${day}T${time}:${second === '60' ? '59' : second}.${millis}${offset}`)
  return Number.isNaN(value) ? undefined : value
}

/**
 * A reply with every date-time of its schema in the wished format. LOCAL and OFFSET are the
 * server's zone, which is UTC; EPOCH is a number of milliseconds; LEET is answered as UTC.
 */
export function withDates(
  value: unknown,
  use: SchemaUse,
  schemas: Readonly<Record<string, JsonSchema>>,
  format: DateFormat,
): unknown {
  if (format === 'UTC' || format === 'LEET') return value
  return rewrite(value, use, schemas, writers[format])
}

type DateWriter = (utc: string) => string | number

const writers: Record<'LOCAL' | 'OFFSET' | 'EPOCH', DateWriter> = {
  LOCAL: (utc) => utc.replace(/Z$/, ''),
  OFFSET: (utc) => utc.replace(/Z$/, '+00:00'),
  EPOCH: (utc) => Date.parse(utc),
}

function rewrite(
  value: unknown,
  use: SchemaUse,
  schemas: Readonly<Record<string, JsonSchema>>,
  write: DateWriter,
): unknown {
  const schema = typeof use === 'string' ? schemas[use] : use
  if (schema === undefined || value === undefined || value === null) return value
  if (schema.$ref !== undefined) return rewrite(value, schema.$ref, schemas, write)
  if (typeof value === 'string') return schema.format === 'date-time' ? write(value) : value
  if (Array.isArray(value)) {
    const { items } = schema
    return items ? value.map((item) => rewrite(item, items, schemas, write)) : value
  }
  if (typeof value !== 'object' || !schema.properties) return value
  const { properties } = schema
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const own = properties[name]
      return [name, own ? rewrite(member, own, schemas, write) : member]
    }),
  )
}
