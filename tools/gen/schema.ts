import type { JsonSchema } from '../../server/faces/documented.ts'

type Nested =
  | 'exclusiveMaximum'
  | 'items'
  | 'properties'
  | 'additionalProperties'
  | 'allOf'
  | 'anyOf'
  | 'oneOf'
  | 'not'

/** A schema of OpenAPI 3.0 or 3.1, as far as the documents use them. */
export interface OpenApiSchema extends Omit<JsonSchema, Nested | 'exclusiveMinimum'> {
  exclusiveMinimum?: number | boolean
  exclusiveMaximum?: number | boolean
  nullable?: boolean
  deprecated?: boolean
  items?: OpenApiSchema
  properties?: Record<string, OpenApiSchema>
  additionalProperties?: boolean | OpenApiSchema
  allOf?: OpenApiSchema[]
  anyOf?: OpenApiSchema[]
  oneOf?: OpenApiSchema[]
  not?: OpenApiSchema
}

const kept = new Set(
  `type format enum const default minItems maxItems uniqueItems required minProperties
  maxProperties minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength
  pattern`.split(/\s+/),
)
const dropped = new Set(
  `nullable title description example examples deprecated readOnly writeOnly externalDocs xml
  discriminator`.split(/\s+/),
)

/** The component a reference points at. Throws for a reference to anything else. */
export function refName(ref: string): string {
  const name = /^#\/components\/schemas\/([^/]+)$/.exec(ref)?.[1]
  if (name === undefined) throw new Error(`${ref}: only component schemas can be referred to`)
  return name.replaceAll('~1', '/').replaceAll('~0', '~')
}

/** A name that TypeScript and a URI take as it is. */
export function safeName(name: string): string {
  const safe = name.replace(/\W/g, '_')
  return /^\d/.test(safe) ? `_${safe}` : safe
}

/**
 * The same schema in plain JSON Schema: `nullable` becomes a type list, a reference the bare
 * name of the component, an integer without format an int64, and unknown members are allowed.
 * `at` names the place in errors. Throws for a keyword it does not know, so that a misspelt one
 * does not go unnoticed.
 */
export function jsonSchema(given: OpenApiSchema, at: string): JsonSchema {
  const schema = corrected(given)
  if (schema.$ref) return orNull({ $ref: safeName(refName(schema.$ref)) }, schema.nullable)
  const plain: Record<string, unknown> = {}
  for (const [keyword, value] of Object.entries(schema)) {
    const nested = convertNested(keyword, value, at)
    if (nested !== undefined) plain[keyword] = nested
    else if (kept.has(keyword)) plain[keyword] = value
    else if (!dropped.has(keyword) && !keyword.startsWith('x-') && keyword !== closed) {
      throw new Error(`${at}: unknown keyword ${keyword}`)
    }
  }
  exclusive(plain, 'minimum', 'exclusiveMinimum')
  exclusive(plain, 'maximum', 'exclusiveMaximum')
  if (plain.type === 'integer' && plain.format === undefined) plain.format = 'int64'
  return orNull(plain, schema.nullable)
}

/**
 * What a document says but cannot mean: words listed on an array are those of its items, and
 * alternatives that do not exclude each other are `anyOf` (`oneOf` would refuse what fits two).
 */
export function corrected(schema: OpenApiSchema): OpenApiSchema {
  const { enum: words, oneOf, ...rest } = schema
  const listed = schema.type === 'array' ? rest : { ...rest, ...(words && { enum: words }) }
  return { ...listed, ...(oneOf && { anyOf: oneOf }) }
}

const closed = 'additionalProperties'

// `additionalProperties: false` is left out: unknown members are ignored, never refused.
function convertNested(keyword: string, value: unknown, at: string): unknown {
  const one = (part: unknown) => jsonSchema(part as OpenApiSchema, `${at}.${keyword}`)
  if (keyword === closed) return typeof value === 'object' ? one(value) : undefined
  if (keyword === 'items' || keyword === 'not') return one(value)
  if (keyword === 'allOf' || keyword === 'anyOf' || keyword === 'oneOf') {
    return (value as unknown[]).map(one)
  }
  if (keyword !== 'properties') return undefined
  const members = Object.entries(value as Record<string, OpenApiSchema>)
  return Object.fromEntries(
    members.map(([name, member]) => [name, jsonSchema(member, `${at}.${name}`)]),
  )
}

// OpenAPI 3.0 writes the exclusive bounds as flags.
function exclusive(plain: Record<string, unknown>, bound: string, flag: string) {
  if (typeof plain[flag] !== 'boolean') return
  const strict = plain[flag]
  delete plain[flag]
  if (!strict) return
  plain[flag] = plain[bound]
  delete plain[bound]
}

function orNull(schema: JsonSchema, nullable: boolean | undefined): JsonSchema {
  if (!nullable) return schema
  if (!schema.type) return { anyOf: [schema, { type: 'null' }] }
  const withNull = schema.enum && !schema.enum.includes(null)
  return {
    ...schema,
    type: [...new Set([schema.type, 'null'].flat())],
    ...(withNull && { enum: [...(schema.enum ?? []), null] }),
  }
}
