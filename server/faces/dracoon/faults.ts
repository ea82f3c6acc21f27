import { STATUS_CODES } from 'node:http'
import type { Fault } from '../../core/fault.ts'
import { type DocumentedOperation, documents } from '../documented.ts'
import { unsatisfiedRange } from '../file-answer.ts'
import type { Answer, Headers } from '../operation.ts'
import { answers, exceptions, inputRules, type Wish } from './answers.ts'
import { inputFields } from './input-fields.ts'
import { inputFacts } from './refuse.ts'
import { sentence } from './sentences.ts'

/**
 * Status and code for a fault at an operation: the first wish that its document has; else the
 * first documented bare status among the wishes; else the best wish's status without a code.
 */
export function pick(error: Fault, operation: DocumentedOperation | undefined): Wish {
  const own = operation ? exceptions[operation.id]?.[error.code] : undefined
  const wishes = own ? [...own, ...wishesOf(error)] : wishesOf(error)
  if (operation) {
    const exact = wishes.find(([status, code]) => documents(operation, status, code))
    if (exact) return exact
    const bare = wishes.find(([status]) => documents(operation, status))
    if (bare) return [bare[0]]
  }
  return [wishes[0]?.[0] ?? 500]
}

/** All wishes, best first. */
export function wishesOf(error: Fault): readonly Wish[] {
  const wishes = answers[error.code]
  const places = [
    variantOf(error),
    error.role === undefined ? undefined : (`${error.subject}/${error.role}` as const),
    error.subject,
  ]
  const own = places.flatMap((place) => (place === undefined ? [] : (wishes[place] ?? [])))
  return [...own, ...inputWishes(error), ...wishes.any]
}

type Variant = `${Fault['subject']}:${string}`

// Facts of a fault that call for an answer of their own.
function variantOf(error: Fault): Variant | undefined {
  if (error.code === 'wrong-kind' && error.data.node !== undefined) return 'node:in-the-way'
  const word = error.data.of ?? error.data.rule ?? error.data.field
  return word === undefined || word === null ? undefined : `${error.subject}:${word}`
}

function inputWishes(error: Fault): readonly Wish[] {
  if (error.code !== 'invalid') return []
  const { field, rule } = inputFacts(error)
  // Of a list's items, the member of the item: its name is enough.
  const name = field.replace(/^(body|query|path|header)\./, '').replace(/^.*\]\./, '')
  const known = [
    Object.hasOwn(inputFields, `${name}:${rule}`) ? inputFields[`${name}:${rule}`] : undefined,
    Object.hasOwn(inputFields, name) ? inputFields[name] : undefined,
    Object.hasOwn(inputRules, rule) ? inputRules[rule] : undefined,
  ]
  return [...known.flatMap((wishes) => wishes ?? []), [400, -80000]]
}

/** The error body of this face; `errorCode` only where there is one (dossier 6). */
export function errorAnswer(
  status: number,
  debugInfo: string,
  errorCode?: number,
  headers: Headers = {},
): Answer {
  const message = STATUS_CODES[status] ?? 'Error'
  return {
    status,
    headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...headers },
    json: { code: status, message, debugInfo, errorCode },
  }
}

/** The answer for a fault of an operation, undefined for none. */
export function faultAnswer(error: Fault, operation: DocumentedOperation | undefined): Answer {
  const [status, code] = pick(error, operation)
  const answer = errorAnswer(status, sentence(error), code, {
    ...(status === 416 ? unsatisfiedRange(error) : {}),
    ...(status === 401 && code === -10012 ? { 'www-authenticate': 'Bearer' } : {}),
    ...retryAfter(error, status),
  })
  return code === -10002 && 'json' in answer
    ? { ...answer, json: withPolicy(answer, error) }
    : answer
}

function retryAfter(error: Fault, status: number): Headers {
  const { retryAfter } = error.data
  if (typeof retryAfter === 'number') return { 'retry-after': String(Math.ceil(retryAfter)) }
  return status === 503 ? { 'retry-after': '5' } : {}
}

// -10002 names the rules that a password broke (dossier 6).
function withPolicy(answer: { json: unknown }, error: Fault): unknown {
  const name = inputFacts(error).rule
  return {
    ...(answer.json as object),
    violatedPasswordPolicies: [{ name, message: sentence(error) }],
  }
}
