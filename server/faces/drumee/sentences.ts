import type { Fault, FaultCode } from '../../core/fault.ts'
import { importSentence } from './import-sentences.ts'

/** What each fault says; a rule or a field says more, see `sentence`. */
const sentences: Record<FaultCode, string> = {
  unauthenticated: 'Nobody is signed in',
  'wrong-credentials': 'Login or password is wrong',
  locked: 'Too many failures; try again later',
  disabled: 'The account is locked',
  expired: 'This is past its end',
  forbidden: 'Insufficient privilege',
  'not-found': 'There is no such thing, or it is not visible to the caller',
  'name-taken': 'Something here has this name already',
  'invalid-name': 'The name is not allowed',
  invalid: 'A parameter is not acceptable',
  'wrong-kind': 'This cannot be done with a node of this kind',
  'same-place': 'It is there already',
  cycle: 'A folder cannot go into itself',
  'mixed-parents': 'The nodes lie in different folders',
  exists: 'It is there already',
  'last-admin': 'A hub needs somebody who owns it',
  closed: 'The upload is over',
  range: 'The range lies outside of the file',
  'part-mismatch': 'Parts of the upload are missing or differ',
  'checksum-mismatch': 'The bytes differ from what was announced',
  'version-mismatch': 'The file has changed meanwhile',
  'limit-reached': 'The limit is reached',
  'password-required': 'A password is needed',
  'too-many': 'Too many things in one call',
  'too-large': 'Too many bytes',
  'quota-exceeded': 'The quota has no room for this',
  'storage-full': 'The storage has no room for this',
  unsupported: 'This installation cannot do this',
  unavailable: 'Database or storage does not answer; try again',
  failed: 'The background task came to no result',
  encrypted: 'This is encrypted by clients of another API, which alone can open and fill it',
  'not-encrypted': 'Encrypted files cannot go where files are plain',
  'key-missing': 'Only clients that encrypt can put, copy, move or share files here',
}

const rules: Readonly<Record<string, string>> = {
  'must-change-password': 'The password must be changed first',
  'must-agree': 'The terms of use must be accepted first',
  'must-give-email': 'The account needs an e-mail address first',
  'header-needed':
    'A call by GET that changes something needs the session in the header x-param-regsid',
  'second-step': 'The account asks for a one-time code, which this way of signing in cannot take',
  json: 'This is not a JSON object',
  'utf-8': 'This is not UTF-8',
  multipart: 'This service does not read multipart/form-data',
  timeout: 'The body did not arrive in time',
  aborted: 'The body did not arrive',
  depth: 'The path is deeper than allowed',
  'percent-encoding': 'The percent-encoding is broken',
}

/** The reason for people, in our words; says nothing that the caller did not send. */
export function sentence(error: Fault): string {
  const { rule = '', field = '', hint = '' } = error.data
  if (error.subject === 'code') return 'The code is wrong, used, or past its end or its tries'
  if (error.subject === 'preview') return previewText(error)
  if (typeof hint === 'string' && hint !== '') return hint
  const ofImport = error.subject === 'import' ? importSentence(error) : undefined
  if (ofImport !== undefined) return ofImport
  const known = Object.hasOwn(rules, String(rule)) ? rules[String(rule)] : undefined
  if (known !== undefined) return known
  const details = [field, rule].filter((one) => one !== '').join(': ')
  return details === '' ? sentences[error.code] : `${sentences[error.code]} (${details})`
}

function previewText({ code }: Fault): string {
  return code === 'unavailable'
    ? 'Too many pictures are being made; try again'
    : 'There is no picture of this file'
}
