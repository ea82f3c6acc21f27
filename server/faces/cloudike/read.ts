import { Readable } from 'node:stream'
import { fault } from '../../core/fault.ts'
import {
  type FormValues,
  mediaTypeOf,
  parseForm,
  parseJson,
  readBody,
  readMultipart,
  utf8,
} from '../body.ts'
import type { DocumentedOperation } from '../documented.ts'
import { isDateTime } from '../formats.ts'
import type { FaceRequest } from '../operation.ts'
import { pathValues } from './routes.ts'

export type Values = Record<string, unknown>

/**
 * Everything a request says, by the names of the document: path over body over query. Bodies may
 * be forms, multipart forms or JSON whatever the operation; bytes (transfers) are left alone.
 * Lists may be written `a=1&a=2`, `a[]=1`, `a[0]=1`, as JSON, or as JSON inside of a text; null and
 * an empty list are nothing (params, section 1). Faults 'invalid' 'body'.
 */
export async function readValues(
  request: FaceRequest,
  operation: DocumentedOperation,
): Promise<Values> {
  const query = formValues(parseForm(checkEncoding(request.search)))
  const body = takesBytes(operation) ? {} : await bodyValues(request)
  const values = { ...query, ...body }
  const spoken = withTimes(withLists(withAliases(values, operation), operation), operation)
  return { ...spoken, ...pathValues(request.path, operation) }
}

function takesBytes(operation: DocumentedOperation): boolean {
  return operation.requestContentTypes.includes('application/octet-stream')
}

async function bodyValues(request: FaceRequest): Promise<Values> {
  if (request.method === 'GET' || request.method === 'HEAD') return {}
  const bytes = await readBody(request)
  if (bytes.length === 0) return {}
  const type = mediaTypeOf(request)
  if (type === 'multipart/form-data') return multipartValues(request, bytes)
  if (isJson(type, bytes)) return jsonValues(parseJson(bytes))
  return formValues(parseForm(checkEncoding(utf8(bytes))))
}

/** Files in a form that takes none are read and dropped. */
async function multipartValues(request: FaceRequest, bytes: Buffer): Promise<Values> {
  const again = { ...request, body: Readable.from([bytes]) }
  const { fields } = await readMultipart(again, async (file) => void file.stream.resume())
  return formValues(checkFields(fields, bytes))
}

function isJson(type: string, bytes: Buffer): boolean {
  if (type === 'application/json' || type.endsWith('+json')) return true
  return (
    type !== 'application/x-www-form-urlencoded' && /^\s*[{[]/.test(bytes.toString('latin1', 0, 64))
  )
}

function jsonValues(body: unknown): Values {
  if (body === null) return {}
  if (typeof body !== 'object' || Array.isArray(body)) {
    return fault('invalid', 'body', undefined, { field: 'body', rule: 'object' })
  }
  const members = Object.entries(body).filter(([, value]) => value !== null)
  return plain(members.map(([name, value]) => [listName(name)?.[0] ?? name, value]))
}

function formValues(fields: FormValues): Values {
  return unbracketed(
    Object.entries(fields).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, one]),
    ),
  )
}

/** Own members only, whatever the names are. */
function plain(entries: readonly (readonly [string, unknown])[]): Values {
  return Object.assign(Object.create(null), Object.fromEntries(entries)) as Values
}

/** `a[]` and `a[3]` → a, and where in the list; undefined for other names. */
function listName(name: string): [string, number] | undefined {
  const found = /^([^[\]]+)\[(\d{0,6})\]$/.exec(name)
  if (!found) return undefined
  return [found[1] ?? '', found[2] === '' ? Number.MAX_SAFE_INTEGER : Number(found[2])]
}

/** Pairs as values: a name that repeats, or has brackets, is a list in the order of its numbers. */
function unbracketed(pairs: readonly (readonly [string, string])[]): Values {
  const found = new Map<string, { isList: boolean; items: [number, string][] }>()
  for (const [sentName, value] of pairs) {
    const [name, place] = listName(sentName) ?? [sentName, undefined]
    const known = found.get(name) ?? { isList: place !== undefined, items: [] }
    known.items.push([place ?? Number.MAX_SAFE_INTEGER, value])
    found.set(name, known)
  }
  return plain(
    [...found].map(([name, { isList, items }]) => {
      const ordered = items.sort(([a], [b]) => a - b).map(([, value]) => value)
      return [name, isList || ordered.length > 1 ? ordered : ordered[0]]
    }),
  )
}

// URLSearchParams and multipart parsers put U+FFFD for bytes that are no UTF-8: two names could
// become one.
function checkEncoding(text: string): string {
  for (const [run] of text.matchAll(/(?:%[0-9a-f]{2})+/gi)) {
    try {
      decodeURIComponent(run)
    } catch {
      fault('invalid', 'body', undefined, { rule: 'utf-8' })
    }
  }
  return text
}

function checkFields(fields: FormValues, bytes: Buffer): FormValues {
  const isMade = Object.values(fields).some((value) => String(value).includes('\ufffd'))
  if (isMade && !bytes.includes('\ufffd')) fault('invalid', 'body', undefined, { rule: 'utf-8' })
  return fields
}

type Named<T> = Readonly<Record<string, T>>

function extension<T>(operation: DocumentedOperation, name: string): T | undefined {
  return operation.extensions?.[name] as T | undefined
}

/** Other names that clients use (x-param-aliases); the documented one wins. */
function withAliases(values: Values, operation: DocumentedOperation): Values {
  const aliases = extension<Named<readonly string[]>>(operation, 'x-param-aliases') ?? {}
  const added = Object.entries(aliases).flatMap(([name, others]) => {
    const other = others.find((one) => values[one] !== undefined)
    return values[name] === undefined && other !== undefined ? [[name, values[other]]] : []
  })
  return { ...values, ...Object.fromEntries(added) }
}

/** One text with commas where the document wants a list (x-comma-lists). */
function withLists(values: Values, operation: DocumentedOperation): Values {
  const names = extension<readonly string[]>(operation, 'x-comma-lists') ?? []
  const cut = names.flatMap((name) => {
    const value = values[name]
    const isText = typeof value === 'string' && !value.trimStart().startsWith('[')
    return isText ? [[name, value.split(',').map((one) => one.trim())]] : []
  })
  return { ...values, ...Object.fromEntries(cut) }
}

/** ISO 8601 where the document counts milliseconds or seconds (x-times). */
function withTimes(values: Values, operation: DocumentedOperation): Values {
  const times = extension<Named<'ms' | 's'>>(operation, 'x-times') ?? {}
  const read = Object.entries(times).flatMap(([name, unit]) => {
    const value = values[name]
    if (typeof value !== 'string' || !isDateTime(value)) return []
    const time = Date.parse(hasZone(value) ? value : `${withTime(value)}Z`)
    if (Number.isNaN(time)) return []
    return [[name, unit === 's' ? Math.floor(time / 1000) : time]]
  })
  return { ...values, ...Object.fromEntries(read) }
}

const hasZone = (text: string) => /[T ].*(Z|[+-]\d\d:?\d\d)$/i.test(text)
const withTime = (text: string) => (/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00` : text)
