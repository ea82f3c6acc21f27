import { createRequire } from 'node:module'
import type { Ajv, ValidateFunction } from 'ajv'
import { type Coercion, coerce } from './coerce.ts'
import type {
  DocumentedOperation,
  DocumentedParameter,
  JsonSchema,
  SchemaUse,
} from './documented.ts'
import { formats } from './formats.ts'
import { type Problem, problems } from './problem.ts'

/** The value, made over where that was asked for, or what is wrong with it. */
export type Checked = { ok: true; value: unknown } | { ok: false; problems: Problem[] }

export type Check = (value: unknown) => Checked

/** What one face's validators share. Made by `faceSchemas`. */
export interface FaceSchemas {
  coercion: Coercion
  coerceBody: boolean
  ajv: () => Ajv
}

/** Every check compiles when it is first used, and once. */
export interface OperationValidators {
  /** Takes path and query as text (`urlValues`); gives the documented ones, typed. */
  params: Check
  /** Takes headers by lower-case name; gives the documented ones. */
  headers: Check
  /** Takes the parsed body, undefined for none. A body without schema passes as it is. */
  body: Check
  /** Undefined where the status is not documented or has no JSON body. */
  reply: (status: number) => Check | undefined
}

/**
 * One face's schemas, with one ajv that is made at the first check. `coerceBody` is for faces
 * whose bodies are forms: text is read as the schema wants it, and loosely (see `coerce`), in
 * the URL too. Without it a JSON body must have the documented types; only the URL is read.
 */
export function faceSchemas(
  schemas: Readonly<Record<string, JsonSchema>>,
  options: { coerceBody?: boolean } = {},
): FaceSchemas {
  const coerceBody = options.coerceBody ?? false
  const ajv = once(makeAjv)
  return { coercion: { schemas, loose: coerceBody }, coerceBody, ajv }
}

// Ajv takes tens of milliseconds to load, which no start should wait for.
const load = createRequire(import.meta.url)

function makeAjv(): Ajv {
  const { Ajv } = load('ajv') as typeof import('ajv')
  const { default: addFormats } = load('ajv-formats') as typeof import('ajv-formats')
  const ajv = new Ajv({
    allErrors: true,
    strict: false,
    logger: false,
    validateSchema: false,
    ownProperties: true,
  })
  addFormats.default(ajv, { mode: 'fast' })
  for (const [name, format] of Object.entries(formats)) ajv.addFormat(name, format)
  return ajv
}

// Adding all schemas at once would cost the first request more than it needs.
function addReferred(face: FaceSchemas, ajv: Ajv, place: unknown) {
  if (typeof place !== 'object' || place === null) return
  for (const [key, value] of Object.entries(place)) {
    if (key !== '$ref' || typeof value !== 'string') addReferred(face, ajv, value)
    else if (!ajv.schemas[value]) {
      const schema = face.coercion.schemas[value]
      if (!schema) throw new Error(`schema ${value} is not in the document`)
      ajv.addSchema(schema, value)
      addReferred(face, ajv, schema)
    }
  }
}

function compile(face: FaceSchemas, use: SchemaUse): ValidateFunction {
  const ajv = face.ajv()
  const schema = typeof use === 'string' ? { $ref: use } : use
  addReferred(face, ajv, schema)
  const found = typeof use === 'string' ? ajv.getSchema(use) : ajv.compile(schema)
  if (!found) throw new Error(`schema ${use} is not in the document`)
  return found
}

/** The checks of one operation. */
export function compileOperation(
  face: FaceSchemas,
  operation: DocumentedOperation,
): OperationValidators {
  const replies = new Map<number, Check>()
  return {
    params: parameterCheck(face, operation, 'params'),
    headers: parameterCheck(face, operation, 'headers'),
    body: bodyCheck(face, operation),
    reply: (status) => {
      const use = operation.replies[status]
      if (use === undefined || use === null) return undefined
      const check = replies.get(status) ?? replyCheck(face, use)
      replies.set(status, check)
      return check
    },
  }
}

const lowerCase = (parameter: DocumentedParameter): DocumentedParameter => ({
  ...parameter,
  name: parameter.name.toLowerCase(),
})

function parameterCheck(
  face: FaceSchemas,
  operation: DocumentedOperation,
  kind: 'params' | 'headers',
): Check {
  const prepared = once(() => {
    const all = operation.parameters
    const inHeaders = all.filter((one) => one.in === 'header').map(lowerCase)
    const list = kind === 'headers' ? inHeaders : all.filter((one) => one.in !== 'header')
    const schema: JsonSchema = {
      type: 'object',
      properties: Object.fromEntries(list.map((one) => [one.name, one.schema])),
      required: list.filter((one) => one.required).map((one) => one.name),
    }
    const places = Object.fromEntries(list.map((one) => [one.name, `${one.in}.${one.name}`]))
    return { list, places, validator: compile(face, schema) }
  })
  return (raw) => {
    const { list, places, validator } = prepared()
    const given = record(raw)
    const value: Record<string, unknown> = {}
    for (const { name, schema } of list) {
      const text = Object.hasOwn(given, name) ? given[name] : undefined
      const read = coerce(schema, text, face.coercion)
      if (read !== undefined) value[name] = read
    }
    return verdict(validator, value, kind, places)
  }
}

const record = (raw: unknown): Record<string, unknown> =>
  typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>) : {}

function bodyCheck(face: FaceSchemas, operation: DocumentedOperation): Check {
  const use = operation.bodySchema
  if (use === undefined) return (value) => ({ ok: true, value })
  const validator = once(() => compile(face, use))
  const schema = typeof use === 'string' ? { $ref: use } : use
  return (raw) => {
    if (raw === undefined) return operation.bodyRequired ? missingBody : { ok: true, value: raw }
    const value = face.coerceBody ? coerce(schema, raw, face.coercion) : raw
    return verdict(validator(), value, 'body')
  }
}

const missingBody: Checked = {
  ok: false,
  problems: [{ path: 'body', rule: 'required', expected: 'a value', message: 'body is missing' }],
}

function replyCheck(face: FaceSchemas, use: SchemaUse): Check {
  const validator = once(() => compile(face, use))
  return (value) => verdict(validator(), value, 'reply')
}

function verdict(
  validator: ValidateFunction,
  value: unknown,
  root: string,
  places?: Record<string, string>,
): Checked {
  if (validator(value)) return { ok: true, value }
  return { ok: false, problems: problems(validator.errors ?? [], root, places) }
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
