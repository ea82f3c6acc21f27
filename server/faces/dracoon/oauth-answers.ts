import type { Fault, FaultCode } from '../../core/fault.ts'
import type { Answer, FaceRequest, Headers } from '../operation.ts'
import { inputFacts } from './refuse.ts'
import { sentence } from './sentences.ts'

/** The error words of RFC 6749 (4.1.2.1, 5.2) that this server says. */
export type OAuthError =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_scope'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  | 'access_denied'
  | 'server_error'
  | 'temporarily_unavailable'

type Told = readonly [status: number, error: OAuthError]

/** The answer of a token or revocation request that failed. */
export function oauthError(
  status: number,
  error: OAuthError,
  description: string,
  headers: Headers = {},
): Answer {
  return {
    status,
    headers: { ...unstored, ...headers },
    json: { error, error_description: description },
  }
}

/** Nothing of these answers may stay in a cache (RFC 6749, 5.1). */
export const unstored: Headers = { 'cache-control': 'no-store', pragma: 'no-cache' }

/** A fault in the words of RFC 6749. */
export function oauthFault(error: Fault, request: FaceRequest): Answer {
  const [status, word] = told(error)
  const basic = /^basic /i.test(request.headers.authorization ?? '')
  const headers: Headers =
    status === 401 && basic ? { 'www-authenticate': 'Basic realm="OAuth client"' } : {}
  return oauthError(status, word, sentence(error), headers)
}

/** Status and error word of a fault. */
export function told(error: Fault): Told {
  if (error.subject === 'client') return clientFaults[error.code] ?? [400, 'invalid_request']
  if (error.code === 'invalid') return invalid[inputFacts(error).rule] ?? [400, 'invalid_request']
  return faults[error.code] ?? [400, 'invalid_grant']
}

const clientFaults: Readonly<Partial<Record<FaultCode, Told>>> = {
  'not-found': [401, 'invalid_client'],
  'wrong-credentials': [401, 'invalid_client'],
  unauthenticated: [401, 'invalid_client'],
  disabled: [401, 'invalid_client'],
  locked: [401, 'invalid_client'],
  forbidden: [400, 'unauthorized_client'],
  unsupported: [400, 'unauthorized_client'],
}

const invalid: Readonly<Record<string, Told>> = {
  'grant-type': [400, 'unsupported_grant_type'],
  'response-type': [400, 'unsupported_response_type'],
  scope: [400, 'invalid_scope'],
}

const faults: Readonly<Partial<Record<FaultCode, Told>>> = {
  'too-large': [413, 'invalid_request'],
  'too-many': [400, 'invalid_request'],
  'storage-full': [503, 'temporarily_unavailable'],
  unavailable: [503, 'temporarily_unavailable'],
  unsupported: [400, 'invalid_request'],
}
