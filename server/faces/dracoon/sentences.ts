import type { Fault } from '../../core/fault.ts'
import { inputFacts } from './refuse.ts'

/** What `debugInfo` tells a person: what was wrong, and nothing that he may not know. */
export function sentence(error: Fault): string {
  const { field, rule, hint } = inputFacts(error)
  const subject = subjects[error.subject] ?? error.subject
  if (error.code === 'invalid') return invalidText(field, rule, hint)
  if (error.code === 'invalid-name') return nameText(rule)
  if (error.code === 'too-large')
    return `${subject} is larger than ${error.data.limit ?? 'allowed'}`
  if (error.code === 'too-many') return `More items than the limit (${error.data.limit ?? 'bulk'})`
  const duty = dutyTexts[rule]
  if (error.code === 'forbidden' && duty !== undefined) return duty
  if (error.code === 'wrong-credentials' && error.subject === 'client') {
    return 'The client or its secret is wrong'
  }
  if (error.code === 'unsupported' && error.subject === 'mail') {
    return 'This installation sends no mail'
  }
  if (error.subject === 'text') {
    if (error.code === 'unsupported') return 'This installation sends no text messages'
    if (error.code === 'locked') return 'No more text messages for this account today'
  }
  return texts[error.code]?.replace('$', subject) ?? error.code
}

const dutyTexts: Readonly<Record<string, string>> = {
  'must-change-password': 'The password must be changed first',
  'must-agree': 'The terms of use must be accepted first',
  'must-give-email': 'The account needs an e-mail address first',
}

function invalidText(field: string, rule: string, hint: string): string {
  if (rule === 'json') return 'The body is not valid JSON'
  if (rule === 'utf-8') return 'The body is not valid UTF-8'
  if (field === '') return hint === '' ? `The input is not valid (${rule})` : hint
  const detail = hint === '' ? (inputTexts[rule] ?? rule) : hint
  return detail.startsWith(field) ? detail : `${field}: ${detail}`
}

function nameText(rule: string): string {
  return `The name is not allowed (${nameRules[rule] ?? rule})`
}

const inputTexts: Readonly<Record<string, string>> = {
  required: 'is missing',
  repeated: 'is there twice',
  'too-long': 'is too long',
  length: 'is too long',
  depth: 'is deeper than allowed',
  past: 'lies in the past',
  form: 'does not have the right form',
  'not-registered': 'is not one of the registered ones',
  'grant-type': 'is not offered',
  scope: 'can only be all',
}

const nameRules: Readonly<Record<string, string>> = {
  empty: 'it is empty',
  unicode: 'it is not well-formed Unicode',
  control: 'it has control characters',
  invisible: 'it has invisible or direction-changing characters',
  character: 'it has one of \\ < > : " | ? * /',
  dots: 'it is . or ..',
  hyphen: 'it starts with a hyphen',
  space: 'it starts or ends with white space',
  'trailing-dot': 'it ends with a dot',
  reserved: 'it is reserved as the name of a device',
  length: 'it is longer than 255 bytes',
}

const subjects: Readonly<Record<string, string>> = {
  node: 'Node',
  version: 'File version',
  user: 'User',
  session: 'Session',
  client: 'OAuth client',
  tenant: 'Tenant',
  grant: 'Permission',
  upload: 'Upload',
  link: 'Share',
  ticket: 'Download',
  export: 'Export',
  body: 'Body',
  comment: 'Comment',
  mail: 'Mail',
  text: 'Text message',
  'key-pair': 'Key pair',
  'file-key': 'File key',
}

const texts: Readonly<Partial<Record<Fault['code'], string>>> = {
  unauthenticated: 'The token is missing, wrong or not valid any more',
  'wrong-credentials': 'Login or password is wrong',
  locked: 'Locked for a while after too many failures',
  disabled: '$ is locked by an administrator',
  expired: '$ has expired',
  forbidden: 'The permission for this is missing',
  'not-found': '$ not found',
  'name-taken': 'Something with this name is there already',
  'wrong-kind': '$ is of another kind than this operation needs',
  'same-place': 'Source and target are the same',
  cycle: 'A node cannot go into its own subtree',
  'mixed-parents': 'All nodes of one call must have the same parent',
  exists: '$ exists already',
  'last-admin': 'At least one non-expiring administrator must remain',
  closed: '$ is closed',
  range: 'The range does not fit',
  'part-mismatch': 'A part is missing or its tag is wrong',
  'checksum-mismatch': 'The bytes differ from what was announced',
  'version-mismatch': 'Another version is current',
  'limit-reached': 'The limit of $ is reached',
  'password-required': 'A password is needed',
  'quota-exceeded': 'The quota is exceeded',
  'storage-full': 'The storage is full',
  unsupported: 'This installation does not offer it',
  unavailable: 'The service is not available at the moment',
  failed: 'The background task came to no result',
  encrypted: '$ is encrypted',
  'not-encrypted': '$ is not encrypted',
  'key-missing': 'A key that this needs is missing',
}
