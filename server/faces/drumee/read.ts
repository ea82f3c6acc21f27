import { fault } from '../../core/fault.ts'
import { mediaTypeOf, parseForm, readBody, utf8 } from '../body.ts'
import type { DocumentedOperation, JsonSchema } from '../documented.ts'
import type { FaceRequest } from '../operation.ts'
import { schemas } from './generated/operations.ts'

export type Values = Readonly<Record<string, unknown>>

/**
 * All parameters of a call as one object: headers, then query, then body, later ones winning, and
 * what stands in the path before all. GET and HEAD have no body. Null counts as not sent.
 */
export async function readValues(
  request: FaceRequest,
  operation: DocumentedOperation,
): Promise<Values> {
  const asksOnly = request.method === 'GET' || request.method === 'HEAD'
  const sent = {
    ...headerValues(request),
    ...textValues(request.search),
    ...(asksOnly ? {} : await bodyValues(request)),
    ...request.params,
  }
  const given = Object.entries(sent).filter(([, value]) => value !== null)
  const properties = propertiesOf(operation)
  const values = named(Object.fromEntries(given), properties)
  return { ...values, ...(properties.nid?.type === 'string' ? oneNode(values) : {}) }
}

type Properties = Readonly<Record<string, JsonSchema>>

function propertiesOf({ bodySchema }: DocumentedOperation): Properties {
  const schema = typeof bodySchema === 'string' ? schemas[bodySchema] : bodySchema
  return schema?.properties ?? {}
}

/** `p` is another name of `nid`, which goes before it. */
function named(values: Values, { nid, p }: Properties): Values {
  const isOther = nid !== undefined && p !== undefined && values.nid === undefined
  return isOther && values.p !== undefined ? { ...values, nid: values.p } : values
}

async function bodyValues(request: FaceRequest): Promise<Values> {
  if (mediaTypeOf(request) === 'multipart/form-data') {
    return fault('invalid', 'body', undefined, { field: 'body', rule: 'multipart' })
  }
  return textValues(utf8(await readBody(request)))
}

/**
 * Values of a query or a body, whatever content type it has: JSON, plain or URL-encoded, or else a
 * form. What starts like JSON and is none faults 'invalid' 'body' with rule 'json'.
 */
export function textValues(text: string): Values {
  const trimmed = withoutTail(text.trim())
  if (!/^([{[]|%7b|%5b)/i.test(trimmed)) return parseForm(trimmed)
  const value = parsed(trimmed) ?? parsed(decoded(trimmed))
  if (isObject(value)) return value
  return fault('invalid', 'body', undefined, { field: 'body', rule: 'json' })
}

/** Headers that say who acts, or which of several sessions; they are no parameters. */
const notParameters = new Set(['regsid', 'mfs-token', 'keysel', 'xia-data', 'drumee-data'])

/** The web client ends every query with `&`. */
function withoutTail(text: string): string {
  let end = text.length
  while (text[end - 1] === '&') end -= 1
  return text.slice(0, end)
}

/** Headers have no capital letters, some parameters do. */
const spelt: Readonly<Record<string, string>> = { echoid: 'echoId', md5hash: 'md5Hash' }

/** `x-param-<name>` headers by name, URI-decoded, and the objects of the two that hold one. */
export function headerValues(request: FaceRequest): Values {
  const single = Object.entries(request.headers).flatMap(([header, raw]) => {
    if (!header.startsWith('x-param-')) return []
    const name = header.slice('x-param-'.length)
    return notParameters.has(name) ? [] : [[spelt[name] ?? name, decoded(String(raw))] as const]
  })
  return {
    ...Object.fromEntries(single),
    ...wholeObject(request, 'x-param-drumee-data'),
    ...wholeObject(request, 'x-param-xia-data'),
  }
}

function wholeObject({ headers }: FaceRequest, header: string): Values {
  const raw = headers[header]
  if (raw === undefined || raw === '') return {}
  const value = parsed(decoded(String(raw))) ?? parsed(String(raw))
  if (isObject(value)) return value
  return fault('invalid', 'body', undefined, { field: header, rule: 'json' })
}

/** Text without its percent-encoding; as it is where that is none. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Where one node is wanted, the first of a list counts and may bring its hub (dossier 2). */
function oneNode({ nid }: Values): Values {
  const list = typeof nid === 'string' && /^\s*[[{]/.test(nid) ? parsed(nid) : nid
  const first = Array.isArray(list) ? list[0] : list
  if (!isObject(first)) return first === undefined || first === null ? {} : { nid: first }
  const { nid: inner, hub_id: hub } = first
  return { nid: inner, ...(typeof hub === 'string' ? { hub_id: hub } : {}) }
}
