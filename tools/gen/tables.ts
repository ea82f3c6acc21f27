import type { DocumentedOperation, JsonSchema } from '../../server/faces/documented.ts'

/** The rows as JSON, an operation a line: Node reads JSON several times faster than source. */
export const operationsJson = (rows: DocumentedOperation[]): string =>
  lines(rows.map((row) => [row.id, row]))

/** The component schemas as JSON, a schema a line. */
export const schemasJson = (schemas: Record<string, JsonSchema>): string =>
  lines(Object.entries(schemas))

const lines = (entries: [string, unknown][]): string => {
  const rows = entries.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`)
  return rows.length > 0 ? `{\n${rows.join(',\n')}\n}\n` : '{}\n'
}

/** `operations.ts`: the two JSON files with their types. */
export const operationsText = `\
import type { DocumentedOperation, JsonSchema } from '../../documented.ts'
import rows from './operations.json' with { type: 'json' }
import components from './schemas.json' with { type: 'json' }
import type { Operations } from './shapes.ts'

export type OperationId = keyof Operations

// What the compiler infers from JSON is wider than what the generator wrote.
const untyped: { rows: unknown; components: unknown } = { rows, components }

/** Every operation of the document, by operationId, in the document's order. */
export const operations = untyped.rows as Readonly<Record<OperationId, DocumentedOperation>>

/** The component schemas of the document, by name; a \`$ref\` in them is such a name. */
export const schemas = untyped.components as Readonly<Record<string, JsonSchema>>
`
