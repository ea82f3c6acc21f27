import type { Fault } from '../../core/fault.ts'
import { type DocumentedOperation, documents } from '../documented.ts'
import { unsatisfiedRange } from '../file-answer.ts'
import type { Answer, FaceRequest, Headers } from '../operation.ts'
import { answers, type Wish } from './answers.ts'
import { knownConnection } from './auth.ts'
import { sentence } from './sentences.ts'
import { serviceName } from './service-name.ts'

/**
 * Status and error word for a fault at an operation: the first wish that its document has; else the
 * first whose status it has; else the best wish.
 */
export function pick(error: Fault, operation: DocumentedOperation | undefined): Wish {
  const wishes = wishesOf(error)
  const best: Wish = wishes[0] ?? [500, 'INTERNAL_ERROR']
  // A limit of HTTP, which holds before any service is asked.
  if (!operation || isLongBody(error)) return best
  return (
    wishes.find(([status, word]) => documents(operation, status, word)) ??
    wishes.find(([status]) => documents(operation, status)) ??
    best
  )
}

const isLongBody = ({ code, subject }: Fault) => code === 'too-large' && subject === 'body'

function wishesOf(error: Fault): readonly Wish[] {
  const wishes = answers[error.code]
  const { rule, field, of } = error.data
  const places = [
    error.role === undefined ? undefined : (`${error.subject}/${error.role}` as const),
    rule === undefined ? undefined : (`${error.subject}:${rule}` as const),
    field === undefined ? undefined : (`${error.subject}:${field}` as const),
    of === undefined ? undefined : (`${error.subject}:${of}` as const),
    error.subject,
  ]
  const own = places.flatMap((place) => (place === undefined ? [] : (wishes[place] ?? [])))
  return [...missing(error), ...own, ...wishes.any]
}

/** A parameter that is not there has a word of its own (dossier 5). */
function missing(error: Fault): readonly Wish[] {
  const { field, rule } = error.data
  const isMissing = error.code === 'invalid' && error.subject === 'body' && rule === 'required'
  return isMissing ? [[412, `VARIABLE **${field}** IS MANDATORY`]] : []
}

export function faultAnswer(
  error: Fault,
  operation: DocumentedOperation | undefined,
  request: FaceRequest,
): Answer {
  const [status, word] = pick(error, operation)
  const { retryAfter } = error.data
  const headers: Headers = {
    ...(status === 416 ? unsatisfiedRange(error) : {}),
    ...(typeof retryAfter === 'number' ? { 'retry-after': String(Math.ceil(retryAfter)) } : {}),
    ...(status === 503 ? { 'retry-after': '5' } : {}),
  }
  const { nid } = error.data
  // What is missing of several nodes is told by its id.
  const reason = typeof nid === 'string' ? [{ nid }] : sentence(error)
  return errorAnswer(request, status, word, reason, headers)
}

/** The error body of this face (dossier 5): `error` is the word, `reason` the sentence. */
export function errorAnswer(
  request: Pick<FaceRequest, 'path' | 'body'>,
  status: number,
  error: string,
  reason: string | readonly object[],
  headers: Headers = {},
): Answer {
  return {
    status,
    headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...headers },
    json: {
      error,
      reason,
      error_code: status,
      status,
      __ack__: serviceName(request.path) ?? '',
      __status__: knownConnection(request),
      __timestamp__: Date.now(),
      data: [],
    },
  }
}
