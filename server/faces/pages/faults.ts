import type { Fault, FaultCode } from '../../core/fault.ts'
import type { Answer, FaceRequest, Headers } from '../operation.ts'
import { messagePage } from './message-page.ts'
import { languageOf } from './request.ts'
import { textsOf } from './texts.ts'

type Texts = ReturnType<typeof textsOf>
type Said = readonly [
  status: number,
  title: (texts: Texts) => string,
  more?: (texts: Texts) => string,
]

const notFound: Said = [404, (texts) => texts.notFound, (texts) => texts.notFoundMore]
const refused: Said = [400, (texts) => texts.refused]
const failed: Said = [503, (texts) => texts.failed, (texts) => texts.failedMore]

/** What a page says for a fault; all others are refusals. */
const said: Readonly<Partial<Record<FaultCode, Said>>> = {
  'not-found': notFound,
  'wrong-kind': notFound,
  unauthenticated: notFound,
  forbidden: notFound,
  disabled: notFound,
  expired: [410, (texts) => texts.expired, (texts) => texts.expiredMore],
  'limit-reached': [410, (texts) => texts.limit, (texts) => texts.expiredMore],
  locked: [403, (texts) => texts.locked, (texts) => texts.lockedMore],
  'password-required': [401, (texts) => texts.passwordNeeded],
  'wrong-credentials': [401, (texts) => texts.passwordWrong],
  'too-large': [413, (texts) => texts.refused],
  range: [416, (texts) => texts.refused],
  unavailable: failed,
  'storage-full': failed,
}

/** A page that says what is wrong. */
export function faultPage(error: Fault, request: FaceRequest): Answer {
  const [status, title, more] = said[error.code] ?? refused
  const texts = textsOf(languageOf(request))
  const { retryAfter } = error.data
  const headers: Headers =
    typeof retryAfter === 'number' ? { 'retry-after': String(Math.ceil(retryAfter)) } : {}
  return messagePage(request, status, title(texts), more?.(texts), { headers })
}

export function notFoundPage(request: FaceRequest): Answer {
  const texts = textsOf(languageOf(request))
  return messagePage(request, 404, texts.notFound, texts.notFoundMore)
}

/** For what no fault says: the log does. */
export function failedPage(request: FaceRequest): Answer {
  const texts = textsOf(languageOf(request))
  return messagePage(request, 500, texts.failed, texts.failedMore)
}
