import type {
  DocumentedOperation,
  DocumentedParameter,
  JsonSchema,
  SchemaUse,
} from '../../server/faces/documented.ts'
import { jsonSchema, type OpenApiSchema, refName, safeName } from './schema.ts'

/** The part of OpenAPI 3 that the documents use. */
export interface OpenApi {
  security?: Security[]
  paths: Record<string, PathItem>
  components?: {
    schemas?: Record<string, OpenApiSchema>
    parameters?: Record<string, Parameter>
    responses?: Record<string, Response>
    requestBodies?: Record<string, RequestBody>
  }
}
type Security = Record<string, string[]>
type Ref = { $ref?: string }
type Media = { schema?: OpenApiSchema; 'x-error-codes'?: Codes }
type Content = Record<string, Media>
type Codes = (number | string)[]
type RequestBody = Ref & { required?: boolean; content?: Content }
type Response = Ref & { content?: Content; 'x-error-codes'?: Codes }
type Parameter = Ref & {
  name: string
  in: string
  required?: boolean
  schema?: OpenApiSchema
  'x-spans-slashes'?: boolean
}
type PathItem = { parameters?: Parameter[] } & Record<string, Operation>
interface Operation {
  operationId?: string
  tags?: string[]
  deprecated?: boolean
  security?: Security[]
  parameters?: Parameter[]
  requestBody?: RequestBody
  responses?: Record<string, Response>
  'x-methods'?: string[]
  'x-aliases'?: string[]
  [extension: `x-${string}`]: unknown
}

/** An operation in the table's form, with the schemas its types are made from. */
export interface GeneratedOperation {
  row: DocumentedOperation
  parameters: (Omit<DocumentedParameter, 'schema'> & { schema: OpenApiSchema })[]
  /** Undefined: no body. 'bytes': a body that is not described by a schema. */
  body: OpenApiSchema | 'bytes' | undefined
  /** One entry a successful status. */
  replies: (OpenApiSchema | 'bytes' | undefined)[]
}

const verbs = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch']
const bodyless = new Set(['204', '205', '304'])
const formTypes = ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data']

/**
 * Reads every operation of a document, in its order. Throws an Error that names the place where
 * the document is wrong or says something the generator cannot carry over.
 */
export function readOperations(document: OpenApi): GeneratedOperation[] {
  const found: GeneratedOperation[] = []
  const ids = new Set<string>()
  for (const [path, item] of Object.entries(document.paths)) {
    for (const verb of verbs) {
      const operation = item[verb]
      if (!operation) continue
      const read = readOperation(document, path, verb, item, operation)
      if (ids.has(read.row.id)) throw new Error(`operationId ${read.row.id} is there twice`)
      ids.add(read.row.id)
      found.push(read)
    }
  }
  return found
}

function readOperation(
  document: OpenApi,
  path: string,
  verb: string,
  item: PathItem,
  operation: Operation,
): GeneratedOperation {
  const at = `${verb.toUpperCase()} ${path}`
  const id = operation.operationId
  if (!id) throw new Error(`${at}: no operationId`)
  const parameters = readParameters(document, path, item, operation, at)
  const body = readBody(document, operation, at)
  const replies = readReplies(document, operation, at)
  const success = replies.filter((reply) => Number(reply.status) < 400)
  const row: DocumentedOperation = {
    id,
    method: verb.toUpperCase(),
    methods: unique([verb, ...(operation['x-methods'] ?? [])].map((name) => name.toUpperCase())),
    path,
    aliases: unique(operation['x-aliases'] ?? []).filter((alias) => alias !== path),
    tag: operation.tags?.[0] ?? '',
    ...(operation.deprecated && { deprecated: true as const }),
    security: securityNames(operation.security ?? document.security ?? []),
    success: success.map((reply) => Number(reply.status)),
    statuses: Object.fromEntries(replies.map((reply) => [reply.status, reply.codes])),
    parameters: parameters.map((parameter) => ({
      ...parameter,
      schema: jsonSchema(parameter.schema, `${at} ${parameter.name}`),
    })),
    requestContentTypes: body.types,
    ...(isSchema(body.schema) && { bodySchema: use(body.schema, `${at} body`) }),
    bodyRequired: body.required,
    replies: Object.fromEntries(
      replies.map((reply) => [
        reply.status,
        isSchema(reply.schema) ? use(reply.schema, `${at} ${reply.status}`) : null,
      ]),
    ),
    replyContentTypes: unique(success.flatMap((reply) => reply.types)),
    ...extensions(operation),
  }
  return { row, parameters, body: body.schema, replies: success.map((reply) => reply.schema) }
}

function extensions(operation: Operation): Pick<DocumentedOperation, 'extensions'> {
  const read = ['x-methods', 'x-aliases']
  const rest = Object.entries(operation).filter(
    ([name]) => name.startsWith('x-') && !read.includes(name),
  )
  return rest.length > 0 ? { extensions: Object.fromEntries(rest) } : {}
}

function readParameters(
  document: OpenApi,
  path: string,
  item: PathItem,
  operation: Operation,
  at: string,
): GeneratedOperation['parameters'] {
  const declared = [...(item.parameters ?? []), ...(operation.parameters ?? [])]
    .map((parameter) => resolve(document.components?.parameters, parameter))
    .filter((parameter) => parameter.in !== 'cookie')
  const byPlace = new Map(declared.map((one) => [`${one.in} ${one.name}`, one]))
  const names = new Set<string>()
  const parameters = [...byPlace.values()].map((one) => {
    const place = one.in
    if (!isPlace(place)) throw new Error(`${at}: parameter ${one.name} is in ${place}`)
    if (!one.schema) throw new Error(`${at}: parameter ${one.name} has no schema`)
    if (place !== 'header' && names.has(one.name)) {
      throw new Error(`${at}: parameter ${one.name} is in the path and in the query`)
    }
    if (place !== 'header') names.add(one.name)
    const required = place === 'path' || one.required === true
    const spans = one['x-spans-slashes'] ? { spans: true as const } : {}
    return { name: one.name, in: place, required, schema: one.schema, ...spans }
  })
  checkTemplates([path, ...(operation['x-aliases'] ?? [])], parameters, at)
  return parameters
}

const isPlace = (place: string): place is DocumentedParameter['in'] =>
  place === 'path' || place === 'query' || place === 'header'

function checkTemplates(paths: string[], parameters: { name: string; in: string }[], at: string) {
  const declared = parameters.filter((one) => one.in === 'path').map((one) => one.name)
  for (const path of paths) {
    const used = [...path.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? '')
    const odd = [
      ...used.filter((name) => !declared.includes(name)),
      ...declared.filter((name) => !used.includes(name)),
    ]
    if (odd.length > 0) throw new Error(`${at}: ${path} and its parameters differ in ${odd}`)
  }
}

function readBody(document: OpenApi, operation: Operation, at: string) {
  if (!operation.requestBody) return { types: [], schema: undefined, required: false }
  const body = resolve(document.components?.requestBodies, operation.requestBody)
  const content = body.content ?? {}
  const types = Object.keys(content)
  if (types.length === 0) throw new Error(`${at}: the request body has no content`)
  const type = formTypes.find((name) => content[name]?.schema)
  const schema = type === undefined ? undefined : content[type]?.schema
  const bytes = schema === undefined || (type === formTypes[2] && holdsBytes(document, schema))
  return { types, schema: bytes ? ('bytes' as const) : schema, required: body.required === true }
}

function holdsBytes(document: OpenApi, schema: OpenApiSchema): boolean {
  const whole = schema.$ref ? document.components?.schemas?.[refName(schema.$ref)] : schema
  return Object.values(whole?.properties ?? {}).some((member) => member.format === 'binary')
}

function readReplies(document: OpenApi, operation: Operation, at: string) {
  const responses = Object.entries(operation.responses ?? {})
  if (responses.length === 0) throw new Error(`${at}: no responses`)
  return responses.map(([status, written]) => {
    if (!/^[1-5]\d\d$/.test(status)) throw new Error(`${at}: status ${status} is not a number`)
    const response = resolve(document.components?.responses, written)
    const content = bodyless.has(status) ? {} : (response.content ?? {})
    const media = Object.values(response.content ?? {})
    const codes = [response, ...media].flatMap((part) => part['x-error-codes'] ?? [])
    const types = Object.keys(content)
    return { status, types, codes: unique(codes), schema: replySchema(status, content) }
  })
}

// Only an error's shape is the same whatever content type it is written under.
function replySchema(status: string, content: Content): OpenApiSchema | 'bytes' | undefined {
  const types = Object.keys(content)
  if (types.length === 0) return undefined
  const json = types.find((type) => type === 'application/json' || type.endsWith('+json'))
  if (json !== undefined) return content[json]?.schema ?? {}
  const described = types.find((type) => content[type]?.schema?.type !== 'string')
  const schema = described === undefined ? undefined : content[described]?.schema
  return Number(status) >= 400 && schema ? schema : 'bytes'
}

const isSchema = (schema: OpenApiSchema | 'bytes' | undefined): schema is OpenApiSchema =>
  schema !== undefined && schema !== 'bytes'

function use(schema: OpenApiSchema, at: string): SchemaUse {
  const converted: JsonSchema = jsonSchema(schema, at)
  return converted.$ref && Object.keys(converted).length === 1 ? converted.$ref : converted
}

function securityNames(security: Security[]): string[] {
  return unique(
    security.flatMap((one) => {
      const names = Object.keys(one)
      return names.length > 0 ? names : ['anonymous']
    }),
  )
}

function resolve<T extends Ref>(components: Record<string, T> | undefined, value: T): T {
  if (!value.$ref) return value
  const found = components?.[value.$ref.split('/').at(-1) ?? '']
  if (!found) throw new Error(`${value.$ref} is not in the document`)
  return found
}

/** The component schemas as JSON Schema, by safe name. Throws as `readOperations` does. */
export function readSchemas(document: OpenApi): Record<string, JsonSchema> {
  const schemas: Record<string, JsonSchema> = {}
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
    const safe = safeName(name)
    if (schemas[safe] || safe === 'Operations') throw new Error(`schema name ${name} is taken`)
    schemas[safe] = jsonSchema(schema, name)
  }
  return schemas
}

const unique = <T>(values: T[]): T[] => [...new Set(values)]
