import type { Fault } from '../../core/fault.ts'
import { type DocumentedOperation, documents } from '../documented.ts'
import { unsatisfiedRange } from '../file-answer.ts'
import type { Answer, Headers } from '../operation.ts'
import { answers, type Wish } from './answers.ts'
import { sentence } from './sentences.ts'

// Any operation may answer these, so no document names them: a device that is to wipe itself.
const everywhere: ReadonlySet<string> = new Set(['RemoteWipe'])

/** The first wish that the operation's document has under that status; else the best one. */
export function pick(error: Fault, operation: DocumentedOperation | undefined): Wish {
  const wishes = wishesOf(error)
  const documented =
    operation &&
    wishes.find(([status, code]) => everywhere.has(code) || documents(operation, status, code))
  return documented ?? wishes[0] ?? [500, 'InternalError']
}

/** All wishes, best first. */
export function wishesOf(error: Fault): readonly Wish[] {
  const wishes = answers[error.code]
  const { subject, role } = error
  const word = wordOf(error)
  const places = [
    word === undefined ? undefined : (`${subject}:${word}` as const),
    role === undefined ? undefined : (`${subject}/${role}` as const),
    subject,
  ]
  const own = places.flatMap((place) => (place === undefined ? [] : (wishes[place] ?? [])))
  return [...own, ...wishes.any]
}

// Facts of a fault that call for an answer of their own.
function wordOf({ code, data }: Fault): string | undefined {
  if (code === 'wrong-credentials' && data.lastAttempt === true) return 'last-attempt'
  if (code === 'wrong-kind' && data.node !== undefined) {
    const isShared = [data.kind, data.placed].some((kind) => kind === 'mount' || kind === 'room')
    return isShared ? 'in-the-way' : 'container-in-the-way'
  }
  const word = data.rule ?? data.of
  return word === undefined || word === null ? undefined : String(word)
}

/** The error body of this API (params, section 1). */
export function errorAnswer(
  status: number,
  code: string,
  description: string,
  headers: Headers = {},
): Answer {
  const plain = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
  return { status, headers: { ...plain, ...headers }, json: { code, description } }
}

/** The answer for a fault of an operation, undefined for none. */
export function faultAnswer(error: Fault, operation: DocumentedOperation | undefined): Answer {
  const [status, code] = pick(error, operation)
  const answer = errorAnswer(status, code, sentence(error), {
    ...(status === 416 ? unsatisfiedRange(error) : {}),
    // A scheme of our own: with Basic, browsers would ask people for a password.
    ...(status === 401 ? { 'www-authenticate': 'Mountbit-Auth' } : {}),
    ...(status === 503 ? { 'retry-after': '5' } : {}),
  })
  // Asking whether an account exists is answered by a status, also where there is none.
  const isCheck = operation?.id === 'accountsCheck' && status === 404 && 'json' in answer
  return isCheck ? { ...answer, json: { ...Object(answer.json), status: 'not found' } } : answer
}
