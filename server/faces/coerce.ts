import type { JsonSchema } from './documented.ts'

/** How text becomes a value. `loose` is for forms, whose clients write every value as text. */
export interface Coercion {
  schemas: Readonly<Record<string, JsonSchema>>
  loose: boolean
}

const maxDepth = 32
const whole = /^[+-]?\d{1,40}$/
const decimal = /^[+-]?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})(e[+-]?\d{1,3})?$/i
const words: Record<string, boolean> = { true: true, false: false }
const looseWords: Record<string, boolean> = {
  ...words,
  '1': true,
  '0': false,
  yes: true,
  no: false,
  on: true,
  off: false,
}

/**
 * The value as the schema wants it, where text can be read that way: whole numbers, numbers,
 * `true` and `false` in any case, a single value as a list of one. Loose adds 1, 0, yes, no, on,
 * off, JSON text for lists and objects, numbers for text, and an empty text as not sent.
 * What cannot be read stays as it is, for validation to refuse. The input is not changed.
 */
export function coerce(schema: JsonSchema, value: unknown, how: Coercion, depth = 0): unknown {
  if (value === undefined || value === null || depth > maxDepth) return value
  if (schema.$ref !== undefined) {
    const target = how.schemas[schema.$ref]
    return target ? coerce(target, value, how, depth + 1) : value
  }
  if (schema.allOf) {
    let read: unknown = value
    for (const part of schema.allOf) read = coerce(part, read, how, depth + 1)
    return read
  }
  const choices = (schema.anyOf ?? schema.oneOf ?? []).filter((part) => part.type !== 'null')
  if (choices.length === 1 && choices[0]) return coerce(choices[0], value, how, depth + 1)
  const types = [schema.type ?? []].flat()
  if (types.includes('array')) return coerceList(schema, value, how, depth)
  if (types.includes('object') || schema.properties) {
    return coerceObject(schema, value, how, depth)
  }
  return isBlank(schema, types, value, how.loose)
    ? undefined
    : coerceScalar(types, value, how.loose)
}

// An empty form field that cannot be its type counts as not sent.
function isBlank(schema: JsonSchema, types: string[], value: unknown, loose: boolean): boolean {
  if (!loose || value !== '' || types.length === 0) return false
  return types.includes('string') ? schema.enum?.includes('') === false : true
}

function coerceList(schema: JsonSchema, value: unknown, how: Coercion, depth: number): unknown {
  const read = how.loose ? parsed(value, '[') : value
  const list = Array.isArray(read) ? read : [read]
  const items = schema.items
  return items ? list.map((item) => coerce(items, item, how, depth + 1)) : list
}

function coerceObject(schema: JsonSchema, value: unknown, how: Coercion, depth: number): unknown {
  const read = how.loose ? parsed(value, '{') : value
  if (typeof read !== 'object' || read === null || Array.isArray(read)) return read
  const rest = typeof schema.additionalProperties === 'object' && schema.additionalProperties
  const members = Object.entries(read).map(([name, member]) => {
    const known = schema.properties && Object.hasOwn(schema.properties, name)
    const own = known ? schema.properties?.[name] : rest
    return [name, own ? coerce(own, member, how, depth + 1) : member] as const
  })
  return Object.fromEntries(members.filter(([, member]) => member !== undefined))
}

function coerceScalar(types: string[], value: unknown, loose: boolean): unknown {
  if (types.includes('string')) {
    const plain = typeof value === 'number' || typeof value === 'boolean'
    return loose && types.length === 1 && plain ? String(value) : value
  }
  if (types.includes('boolean')) {
    const word = loose && typeof value === 'number' ? String(value) : value
    const known = loose ? looseWords : words
    if (typeof word === 'string' && Object.hasOwn(known, word.toLowerCase())) {
      return known[word.toLowerCase()]
    }
  }
  if (typeof value !== 'string') return value
  // A number too large to be exact is made all the same: its format refuses it by name.
  if (types.includes('integer') && whole.test(value)) return Number(value)
  if (types.includes('number') && decimal.test(value)) return Number(value)
  return value
}

function parsed(value: unknown, open: string): unknown {
  if (typeof value !== 'string' || !value.trimStart().startsWith(open)) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}
