/** A JSON Schema as the generator writes it: plain draft 7 keywords, `$ref` names a component. */
export interface JsonSchema {
  $ref?: string
  type?: string | string[]
  format?: string
  enum?: readonly unknown[]
  const?: unknown
  default?: unknown
  items?: JsonSchema
  minItems?: number
  maxItems?: number
  uniqueItems?: boolean
  properties?: Record<string, JsonSchema>
  required?: readonly string[]
  additionalProperties?: boolean | JsonSchema
  minProperties?: number
  maxProperties?: number
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
  multipleOf?: number
  minLength?: number
  maxLength?: number
  pattern?: string
  allOf?: readonly JsonSchema[]
  anyOf?: readonly JsonSchema[]
  oneOf?: readonly JsonSchema[]
  not?: JsonSchema
}

/** A component's name, or a schema written in place. */
export type SchemaUse = string | JsonSchema

export interface DocumentedParameter {
  name: string
  in: 'path' | 'query' | 'header'
  required: boolean
  schema: JsonSchema
  /** The path parameter takes the rest of the path, slashes and all. */
  spans?: true
}

/** One operation of a face's document: a row of its `generated/operations.ts`. */
export interface DocumentedOperation {
  id: string
  /** The method the document puts first, in capitals. */
  method: string
  /** Every method that is served, `method` among them (`x-methods`). */
  methods: readonly string[]
  /** As in the document: `{name}` for parameters, without the server's prefix. */
  path: string
  /** Further paths that mean the same (`x-aliases`). */
  aliases: readonly string[]
  tag: string
  deprecated?: true
  /** Names of security schemes, any of which is enough; empty for none; 'anonymous' if optional. */
  security: readonly string[]
  /** Documented statuses below 400. */
  success: readonly number[]
  /** Every documented status with the error codes it may carry. */
  statuses: Readonly<Record<string, readonly (number | string)[]>>
  parameters: readonly DocumentedParameter[]
  requestContentTypes: readonly string[]
  /** Missing if there is no body, or if it is bytes that stream by. */
  bodySchema?: SchemaUse
  bodyRequired: boolean
  /** Null where a status has no JSON body. */
  replies: Readonly<Record<string, SchemaUse | null>>
  /** Of the successful answers. */
  replyContentTypes: readonly string[]
  /** Every other `x-` member of the operation, by its whole name. */
  extensions?: Readonly<Record<string, unknown>>
}

/**
 * Whether the operation's document has the status and, if a code is given, that code under it.
 * A documented status without codes answers true to the bare status only.
 */
export function documents(
  operation: DocumentedOperation,
  status: number,
  code?: number | string,
): boolean {
  const codes = operation.statuses[status]
  return codes !== undefined && (code === undefined || codes.includes(code))
}
