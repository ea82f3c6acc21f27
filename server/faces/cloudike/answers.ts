import type { FaultCode, FaultRole, Subject } from '../../core/fault.ts'

/** An HTTP status and the name of the error. */
export type Wish = readonly [status: number, code: string]

type Place = Subject | `${Subject}/${FaultRole}` | `${Subject}:${string}`

/**
 * What a fault would like to be answered with, best first. Looked up as subject:word (data.rule,
 * data.of, or what `variantOf` finds), then subject/role, then subject, then `any`; the operation's
 * document picks. The first of all stands where the document knows none.
 */
export type Wishes = Partial<Record<Place, readonly Wish[]>> & { readonly any: readonly Wish[] }

const unauthorized: readonly Wish[] = [[401, 'Unauthorized']]
const forbidden: readonly Wish[] = [
  [403, 'Forbidden'],
  [403, 'LinkBlocked'],
  [403, 'ShareForbidden'],
]
const noFile: readonly Wish[] = [
  [404, 'FileNotFound'],
  [404, 'NotFound'],
]
const noThing: readonly Wish[] = [
  [404, 'NotFound'],
  [404, 'FileNotFound'],
]
const noLink: readonly Wish[] = [
  [404, 'NotFound'],
  [404, 'LinkExpired'],
]
const parameters: readonly Wish[] = [[400, 'InvalidParameters']]
const taken: readonly Wish[] = [
  [403, 'FolderAlreadyCreated'],
  [403, 'FileCantBeRenamed'],
  [409, 'FileAlreadyExists'],
  [403, 'FileAlreadyExists'],
  [403, 'Forbidden'],
]
const closedAccount: readonly Wish[] = [
  [403, 'Forbidden'],
  [401, 'Unauthorized'],
]
const noRange: readonly Wish[] = [[416, 'RangeNotSatisfiable']]

/** Every fault that core knows. */
export const answers: Record<FaultCode, Wishes> = {
  unauthenticated: { any: unauthorized },
  'wrong-credentials': {
    any: unauthorized,
    'user:last-attempt': [[401, 'LastAttempt']],
    code: [
      [404, 'UserNotFound'],
      [404, 'NotFound'],
    ],
    link: [[403, 'LinkPasswordRequired']],
  },
  locked: {
    any: [[401, 'UserTemporarilyLocked'], ...unauthorized],
    invitation: [[403, 'ShareForbidden'], ...forbidden],
    link: [
      [403, 'LinkBlocked'],
      [403, 'LinkPasswordRequired'],
    ],
  },
  disabled: { any: closedAccount, session: [[403, 'RemoteWipe'], ...closedAccount] },
  expired: {
    any: closedAccount,
    session: unauthorized,
    code: [
      [404, 'UserNotFound'],
      [404, 'NotFound'],
    ],
    upload: noThing,
    ticket: noThing,
    link: [
      [404, 'LinkExpired'],
      [404, 'NotFound'],
    ],
  },
  forbidden: { any: forbidden },
  'not-found': {
    any: noThing,
    node: noFile,
    version: noFile,
    preview: noFile,
    upload: noFile,
    user: [[404, 'UserNotFound'], ...noThing],
    tenant: [[404, 'CompanyNotFound'], ...noThing],
    group: [[404, 'GroupNotFound'], ...noThing],
    link: noLink,
    task: [[404, 'TaskNotFound'], ...noThing],
    invitation: [
      [404, 'NotFound'],
      [403, 'ShareForbidden'],
    ],
  },
  'name-taken': { any: taken },
  'invalid-name': { any: parameters },
  invalid: { any: parameters },
  'wrong-kind': {
    comment: forbidden,
    any: [[405, 'NotAFolder'], ...parameters],
    'node/target': [[405, 'NotAFolder'], ...parameters],
    'node/parent': [
      [405, 'NotAFolder'],
      [404, 'FileNotFound'],
    ],
    'node/source': [[412, 'FileOrFolderMoveMountPointToAnother'], ...forbidden],
    'node/file': noFile,
    'node:room': forbidden,
    'node:holds-mount': [[424, 'ShareContainsMount']],
    'node:in-the-way': [[412, 'FileOrFolderOverwriteMountPointToAnother'], ...taken],
    'node:container-in-the-way': taken,
  },
  'same-place': {
    any: [
      [409, 'SameFolder'],
      [403, 'FileAlreadyExists'],
    ],
  },
  cycle: { any: [[424, 'MoveParentToChild']] },
  'mixed-parents': { any: parameters },
  exists: {
    any: taken,
    user: [[403, 'UserAlreadyExists'], [404, 'UserAlreadyExists'], ...parameters],
    'user:self': [
      [409, 'ShareToSelf'],
      [403, 'ShareForbidden'],
    ],
    'node:not-empty': [[403, 'FolderNotEmpty']],
    'node:not-deleted': forbidden,
    link: forbidden,
  },
  'last-admin': { any: forbidden },
  closed: {
    any: noFile,
    node: forbidden,
    comment: noThing,
    invitation: [[403, 'ShareForbidden']],
    offer: forbidden,
  },
  range: { any: noRange, upload: parameters },
  'part-mismatch': { any: parameters },
  'checksum-mismatch': { any: parameters },
  'version-mismatch': { any: [[403, 'FileVersionMismatch']] },
  'limit-reached': {
    any: [[403, 'LinkDownloadsExceeded'], ...forbidden],
    user: [[402, 'UsersLimitExceeded'], ...forbidden],
  },
  'password-required': { any: [[403, 'LinkPasswordRequired']] },
  'too-many': { any: parameters },
  'too-large': {
    any: [[413, 'FileTooLarge']],
    body: [[413, 'RequestTooLarge']],
    value: parameters,
  },
  'quota-exceeded': { any: [[402, 'QuotaExceeded']] },
  'storage-full': { any: [[507, 'StorageFull']] },
  unsupported: { any: [[501, 'NotImplemented']], mail: [[501, 'MailNotAvailable']] },
  unavailable: { any: [[503, 'ServiceUnavailable']] },
  failed: {
    any: [
      [400, 'TaskFailed'],
      [500, 'InternalError'],
    ],
  },
  encrypted: { any: forbidden },
  'not-encrypted': { any: forbidden },
  'key-missing': { any: forbidden },
}
