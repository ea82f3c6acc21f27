import type { JsonSchema, SchemaUse } from '../server/faces/documented.ts'

export type Schemas = Readonly<Record<string, JsonSchema>>

/** The schema behind a name or a reference. */
export function schemaOf(use: SchemaUse, schemas: Schemas): JsonSchema {
  const schema = typeof use === 'string' ? schemas[use] : use
  if (schema === undefined) throw new Error(`no schema ${use}`)
  return schema.$ref === undefined ? schema : schemaOf(schema.$ref, schemas)
}

/** The smallest value that a document takes: required members only, lists as short as may be. */
export function sampleOf(use: SchemaUse, schemas: Schemas): unknown {
  const schema = schemaOf(use, schemas)
  if (schema.enum) return schema.enum[0]
  const [type] = [schema.type ?? []].flat()
  if (type === 'integer' || type === 'number') return Math.max(1, schema.minimum ?? 1)
  if (type === 'boolean') return true
  if (type === 'array') {
    const { items, minItems = 0 } = schema
    return items ? Array.from({ length: minItems }, () => sampleOf(items, schemas)) : []
  }
  if (type !== 'object' && !schema.properties) {
    return schema.format === 'date-time' ? '2100-01-01T00:00:00Z' : 'x'
  }
  const required = schema.required ?? []
  return Object.fromEntries(
    required.flatMap((name) => {
      const member = schema.properties?.[name]
      return member ? [[name, sampleOf(member, schemas)] as const] : []
    }),
  )
}
