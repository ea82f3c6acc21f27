/**
 * What can go wrong, without a word of any protocol. Each face lists its answers for every code, so
 * a new code does not compile until every face has decided.
 */
export type FaultCode =
  | 'unauthenticated' // no session, or one that is not valid any more
  | 'wrong-credentials' // login or password (of an account, a link, a client) is wrong
  | 'locked' // account or link is locked for a while after failures
  | 'disabled' // account is locked by an administrator
  | 'expired' // account, link, upload or token is past its end
  | 'forbidden' // visible, but the right for this is missing
  | 'not-found' // not there, or not visible to the actor
  | 'name-taken' // a sibling has this name; data.node is the one in the way
  | 'invalid-name' // data.rule says which rule
  | 'invalid' // data.field and data.rule say what
  | 'wrong-kind' // a file where a container is needed, a room where a folder is …
  | 'same-place' // move or copy onto itself
  | 'cycle' // a container into its own subtree
  | 'mixed-parents' // nodes of one call have different parents
  | 'exists' // the thing is there already (user name, client id …)
  | 'last-admin' // a room would be left without an administrator
  | 'closed' // the upload has been completed or cancelled
  | 'range' // chunk or byte range does not fit
  | 'part-mismatch' // a part is missing or its tag differs
  | 'checksum-mismatch' // bytes differ from what was announced
  | 'version-mismatch' // another version is current
  | 'limit-reached' // downloads of a link, slots …
  | 'password-required'
  | 'too-many' // more items than the limit
  | 'too-large' // more bytes than the limit
  | 'quota-exceeded' // data.of: 'home' | 'room' | 'tenant'
  | 'storage-full'
  | 'unsupported' // this installation cannot do it
  | 'unavailable' // database or byte store does not answer
  | 'failed' // background work ended without a result; data.code says why
  | 'encrypted' // bytes here are encrypted by clients, which this does not go with
  | 'not-encrypted' // bytes here are plain
  | 'key-missing' // data.rule: whose or which key is needed for it

export type Subject =
  | 'node'
  | 'version'
  | 'user'
  | 'session'
  | 'client'
  | 'tenant'
  | 'grant'
  | 'upload'
  | 'link'
  | 'ticket'
  | 'export'
  | 'task'
  | 'code'
  | 'webhook'
  | 'body'
  | 'comment'
  | 'mail'
  | 'value'
  | 'group'
  | 'role'
  | 'admission'
  | 'message'
  | 'text'
  | 'invitation'
  | 'publication'
  | 'offer'
  | 'key-pair'
  | 'file-key'
  | 'preview'
  | 'import'

/** The part a subject plays in the use case. */
export type FaultRole = 'target' | 'source' | 'parent' | 'room' | 'file' | 'admin'

export type FaultData = Readonly<Record<string, string | number | boolean | null>>

/** A domain error. `message` is for logs; faces write their own text. */
export class Fault extends Error {
  readonly code: FaultCode
  readonly subject: Subject
  readonly role: FaultRole | undefined
  readonly data: FaultData
  constructor(code: FaultCode, subject: Subject, role?: FaultRole, data: FaultData = {}) {
    super(`${code} ${subject}${role ? ` ${role}` : ''}${describe(data)}`)
    this.name = 'Fault'
    this.code = code
    this.subject = subject
    this.role = role
    this.data = data
  }
}

function describe(data: FaultData): string {
  const entries = Object.entries(data)
  return entries.length === 0 ? '' : ` (${entries.map(([k, v]) => `${k}: ${v}`).join(', ')})`
}

/** Throws. `fault('not-found', 'node', 'target')`. */
export function fault(
  code: FaultCode,
  subject: Subject,
  role?: FaultRole,
  data: FaultData = {},
): never {
  throw new Fault(code, subject, role, data)
}

export function isFault(error: unknown, code?: FaultCode): error is Fault {
  return error instanceof Fault && (code === undefined || error.code === code)
}
