import type { Fault } from '../../core/fault.ts'
import { inputFacts } from './refuse.ts'

/** What `description` tells a person: what was wrong, and nothing that he may not know. */
export function sentence(error: Fault): string {
  const { code, data } = error
  const { field, rule, hint } = inputFacts(error)
  const subject = subjects[error.subject] ?? error.subject
  if (code === 'invalid') return invalidText(field, rule, hint)
  if (code === 'invalid-name') return `The name is not allowed: ${nameRules[rule] ?? rule}`
  if (code === 'too-large') return `${subject} is larger than ${data.limit ?? 'allowed'} bytes`
  if (code === 'exists' && rule === 'not-empty') return 'The folder is not empty'
  if (code === 'wrong-credentials') return credentialsText(error)
  if (code === 'wrong-kind') return kindText(error)
  if (code === 'failed') return failedText(error)
  if (code === 'unavailable' && error.subject === 'preview') return 'Too many previews; try again'
  if (code === 'unsupported' && error.subject === 'mail') return 'No mail is sent here'
  return texts[code]?.replace('$', subject) ?? code
}

function failedText({ data }: Fault): string {
  const why = Object.entries(texts).find(([code]) => code === data.code)?.[1]
  const subject = subjects[String(data.subject)] ?? 'The task'
  const left = data.left === undefined ? '' : `; what was put into “${data.left}” is still there`
  const reason = why === undefined ? '' : `: ${why.replace('$', subject)}`
  return `The background task came to no result${reason}${left}`
}

function invalidText(field: string, rule: string, hint: string): string {
  const whole = bodyRules[rule]
  if (whole !== undefined) return field === '' ? whole : `${field}: ${whole}`
  if (hint !== '') return hint
  return field === '' ? `The request is wrong (${rule})` : `${field} is wrong (${rule})`
}

function kindText({ role, data, subject }: Fault): string {
  if (data.node !== undefined) return 'A folder of this name is in the way and is not overwritten'
  if (data.rule === 'room') return 'A room has no trash; it goes only for good'
  if (role === 'source') return 'A room, or a folder that holds one, cannot go there'
  return `${subjects[subject] ?? subject} is of another kind than this call needs`
}

function credentialsText({ subject, data }: Fault): string {
  if (subject === 'link') return 'The password of the link is wrong'
  if (data.lastAttempt === true) {
    return 'Login or password is wrong; after one more failure the account is locked for a while'
  }
  return 'Login or password is wrong'
}

const bodyRules: Readonly<Record<string, string>> = {
  json: 'The body is not valid JSON',
  'utf-8': 'The text is not valid UTF-8',
  multipart: 'The body is not a valid multipart form',
  'no-file': 'The form has no file in it',
  'percent-encoding': 'The address is not well percent-encoded',
  timeout: 'The body took too long to arrive',
  aborted: 'The body was not sent to its end',
  object: 'The JSON body must be an object',
  dots: 'a path must not have . or .. in it',
  'empty-segment': 'a path must not have empty names in it',
  depth: 'the path is deeper than allowed',
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
  reserved: 'it is the name of a device',
  length: 'it is longer than 255 bytes',
}

const subjects: Readonly<Record<string, string>> = {
  node: 'File or folder',
  version: 'Version',
  user: 'User',
  session: 'Token',
  client: 'Client',
  tenant: 'Company',
  grant: 'Right',
  upload: 'Upload',
  link: 'Link',
  ticket: 'Download',
  export: 'Export',
  body: 'Body',
  comment: 'Comment',
  invitation: 'Invitation',
  offer: 'Offer',
  publication: 'Published folder',
  mail: 'Mail',
  message: 'Message',
  text: 'Text message',
  preview: 'Preview',
}

const texts: Readonly<Partial<Record<Fault['code'], string>>> = {
  unauthenticated: 'The token is missing, wrong or not valid any more',
  locked: '$ is locked for a while after too many failures',
  disabled: '$ is disabled by an administrator',
  expired: '$ has expired',
  forbidden: 'The right for this is missing',
  'not-found': '$ not found',
  'name-taken': 'Something of this name is there already',
  'same-place': 'It is in this folder already',
  cycle: 'A folder cannot go into itself',
  'mixed-parents': 'All objects of one call must lie in one folder',
  exists: '$ is there already',
  'last-admin': 'One administrator must remain',
  closed: '$ is finished or was cancelled',
  range: 'The range does not fit',
  'part-mismatch': 'A part is missing',
  'checksum-mismatch': 'The bytes differ from the announced size or checksum',
  'version-mismatch': 'Another version of the file is current',
  'limit-reached': 'The limit of $ is reached',
  'password-required': 'A password is needed',
  'too-many': 'More items than allowed in one call',
  'quota-exceeded': 'The quota does not allow it',
  'storage-full': 'The storage is full',
  unsupported: 'This is not offered',
  unavailable: 'The service is not available at the moment',
  failed: 'The background task came to no result',
  encrypted: 'This is encrypted by clients of another API, which alone can open and fill it',
  'not-encrypted': 'Encrypted files cannot go where files are plain',
  'key-missing': 'Only clients that encrypt can put, copy, move or share files here',
}
