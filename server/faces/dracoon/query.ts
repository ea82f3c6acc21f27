import type { PageRequest } from '../../core/nodes/node.ts'
import { readDate } from './dates.ts'
import { refuseInput } from './refuse.ts'

/** Lists: filter, sort and range as the wire writes them (dossier 5). */

export const maxPage = 500
export const maxListText = 8192
export const maxFilterTerms = 30
export const maxFilterValues = 500

/** Turns the text behind an operator into a value, or refuses it by naming the field. */
export type Reader<T> = (raw: string, field: string) => T

export type FilterOp = 'eq' | 'neq' | 'cn' | 'sw' | 'ge' | 'le' | 'nex'

/** The closed list of what may be filtered: field → operator → reader of its value. */
export type FilterFields = Readonly<
  Record<string, Readonly<Partial<Record<FilterOp, Reader<unknown>>>>>
>

/** What `parseFilter` answers with: only fields and operators that were sent. */
export type Filter<F extends FilterFields> = {
  readonly [Field in keyof F]?: {
    readonly [Op in keyof F[Field]]?: F[Field][Op] extends Reader<infer T> ? T : never
  }
}

/**
 * Parses `FIELD:OP:VALUE[:VALUE…]|…`. A value keeps its colons; readers of several values split
 * them. Faults 'invalid' for unknown fields and operators, bad values, a term sent twice.
 */
export function parseFilter<F extends FilterFields>(
  text: string | undefined,
  fields: F,
): Filter<F> {
  const found: Record<string, Record<string, unknown>> = Object.create(null)
  for (const term of listTerms(text, 'query.filter')) {
    const [, field = '', op = '', raw] = /^([^:]*):([^:]*)(?::(.*))?$/s.exec(term) ?? []
    const ops = Object.hasOwn(fields, field) ? fields[field] : undefined
    if (!ops) return refuseInput('query.filter', 'field', `known fields: ${names(fields)}`)
    const reader = Object.hasOwn(ops, op) ? ops[op as FilterOp] : undefined
    if (!reader) return refuseInput(`query.filter.${field}`, 'operator', `known: ${names(ops)}`)
    if (raw === undefined && op !== 'nex') {
      return refuseInput(`query.filter.${field}`, 'required', 'a value is missing')
    }
    const known = found[field] ?? {}
    if (Object.hasOwn(known, op)) {
      return refuseInput(`query.filter.${field}`, 'repeated', `${op} is there twice`)
    }
    found[field] = { ...known, [op]: reader(raw ?? '', `query.filter.${field}`) }
  }
  return found as Filter<F>
}

export type SortTerm<By extends string> = { readonly by: By; readonly descending: boolean }

/**
 * Parses `FIELD:asc|desc[|…]`; `fields` maps the wire's names to core's. Faults 'invalid' for
 * unknown fields and directions.
 */
export function parseSort<By extends string>(
  text: string | undefined,
  fields: Readonly<Record<string, By>>,
): SortTerm<By>[] {
  return listTerms(text, 'query.sort').map((term) => {
    const [field = '', direction = 'asc', ...rest] = term.split(':')
    const by = Object.hasOwn(fields, field) ? fields[field] : undefined
    if (by === undefined) return refuseInput('query.sort', 'field', `known: ${names(fields)}`)
    const wanted = direction.toLowerCase()
    if (rest.length > 0 || (wanted !== 'asc' && wanted !== 'desc')) {
      return refuseInput('query.sort', 'direction', 'the direction is asc or desc')
    }
    return { by, descending: wanted === 'desc' }
  })
}

/**
 * `offset` and `limit` of a list: 0 and the maximum when they are not sent, and a limit of 0 is
 * the maximum too. Faults 'invalid' (rule 'range') when negative or beyond the maximum.
 */
export function parseRange(
  params: { readonly offset?: number; readonly limit?: number },
  maximum: number = maxPage,
): PageRequest {
  const { offset = 0, limit = 0 } = params
  if (offset < 0) return refuseInput('query.offset', 'range', 'must not be negative')
  if (limit < 0 || limit > maximum) {
    return refuseInput('query.limit', 'range', `must be between 0 and ${maximum}`)
  }
  return { offset, limit: limit === 0 ? maximum : limit }
}

/** One value, taken as it is. */
export const text: Reader<string> = (raw, field) =>
  raw === '' ? refuseInput(field, 'required', 'a value is missing') : raw

/** Several values, any of which fits. */
export const texts: Reader<string[]> = (raw, field) => several(raw, field).map((one) => one)

export const integer: Reader<number> = (raw, field) => {
  const value = /^-?\d{1,16}$/.test(raw) ? Number(raw) : Number.NaN
  return Number.isSafeInteger(value) ? value : refuseInput(field, 'integer', 'a number is needed')
}

/** An id: a whole number from zero on. */
export const id: Reader<number> = (raw, field) => {
  const value = integer(raw, field)
  return value < 0 ? refuseInput(field, 'positive', 'an id is not negative') : value
}

export const integers: Reader<number[]> = (raw, field) =>
  several(raw, field).map((one) => integer(one, field))

export const boolean: Reader<boolean> = (raw, field) => {
  if (raw === 'true' || raw === 'false') return raw === 'true'
  return refuseInput(field, 'boolean', 'true or false is needed')
}

/** `true`, `false` or `any`. */
export const booleanOrAny: Reader<boolean | 'any'> = (raw, field) =>
  raw === 'any' ? 'any' : boolean(raw, field)

/** A date (start of the day) or date-time as milliseconds; UTC when it says no zone. */
export const date: Reader<number> = (raw, field) =>
  readDate(raw) ?? refuseInput(field, 'date', 'a date like 2024-12-31 or 2024-12-31T23:59:00')

/** Several words out of a closed list, mapped to what core calls them. */
export function words<T>(known: Readonly<Record<string, T>>): Reader<T[]> {
  return (raw, field) => several(raw, field).map((one) => word(known)(one, field))
}

/** One word out of a closed list. */
export function word<T>(known: Readonly<Record<string, T>>): Reader<T> {
  return (raw, field) =>
    Object.hasOwn(known, raw)
      ? (known[raw] as T)
      : refuseInput(field, 'word', `known: ${names(known)}`)
}

function several(raw: string, field: string): string[] {
  const values = raw.split(':')
  if (values.length > maxFilterValues) {
    return refuseInput(field, 'too-long', `at most ${maxFilterValues} values`)
  }
  return values.map((one) => text(one, field))
}

function listTerms(whole: string | undefined, place: string): string[] {
  if (whole === undefined || whole === '') return []
  if (whole.length > maxListText) {
    return refuseInput(place, 'too-long', `at most ${maxListText} characters`)
  }
  const terms = whole.split('|')
  if (terms.length > maxFilterTerms) {
    return refuseInput(place, 'too-long', `at most ${maxFilterTerms} terms`)
  }
  return terms
}

const names = (known: object) => Object.keys(known).join(', ')
