import type { FaultCode, FaultRole, Subject } from '../../core/fault.ts'

/** An HTTP status and the word that stands in `error`. */
export type Wish = readonly [status: number, error: string]

type Place = Subject | `${Subject}/${FaultRole}` | `${Subject}:${string}`

/**
 * What a fault would like to be answered with, best first: looked up as subject/role, then
 * subject:rule, subject:field and subject:of, then subject, then `any`. The operation's document
 * picks; the first of all is what stands when it has none of them.
 */
export type Wishes = Partial<Record<Place, readonly Wish[]>> & { readonly any: readonly Wish[] }

const denied: readonly Wish[] = [[403, 'PERMISSION_DENIED']]
const noData: readonly Wish[] = [[400, 'INVALID_DATA']]
const noSpace: readonly Wish[] = [
  [507, 'INSUFFICIENT_STORAGE'],
  [507, 'limit_exceeded'],
  [400, 'your_limit_exceeded'],
]
const noNode: readonly Wish[] = [
  [404, 'NODE_NOT_FOUND'],
  [404, 'HUB_NOT_FOUND'],
  [404, 'no_avatar'],
  [404, 'FILE_NOT_FOUND'],
  [400, 'FILE_NOT_FOUND'],
  ...denied,
]
const noLink: readonly Wish[] = [[400, 'Failed to create link'], ...noData]
const noDirectory: readonly Wish[] = [
  [400, 'DESTINATION_IS_NOT_DIRECTORY'],
  [400, '_destination_is_not_directory'],
  ...noLink,
]

const wrongPassword: readonly Wish[] = [
  [401, 'WRONG_PASSWORD'],
  [400, 'WRONG_PASSWORD'],
]
/** Each service has a word of its own for a code that is not right. */
const wrongCode: readonly Wish[] = [
  [401, '_invalid_key'],
  [401, '_invalid_secret'],
  ...wrongPassword,
  [400, 'INVALID_DATA'],
]

/** Every fault that core knows. */
export const answers: Record<FaultCode, Wishes> = {
  unauthenticated: { any: [...denied, [401, 'PERMISSION_DENIED']] },
  'wrong-credentials': {
    any: [[401, 'WRONG_CREDENTIALS'], ...denied],
    user: [[401, 'wrong_password'], ...wrongPassword],
    code: wrongCode,
    import: [[403, 'TOKEN_REFUSED']],
  },
  locked: { any: denied, code: wrongCode },
  disabled: { any: denied },
  expired: { any: denied, code: wrongCode },
  forbidden: {
    any: denied,
    import: [[403, 'TOKEN_REFUSED']],
    'import:host': [[403, 'SOURCE_NOT_ALLOWED']],
    'import:address': [[403, 'SOURCE_NOT_ALLOWED']],
  },
  'not-found': {
    any: [[404, 'NOT_FOUND'], ...denied],
    user: [[404, 'NOT_FOUND'], [404, 'no_avatar'], ...noData, ...denied],
    node: noNode,
    'node/room': [[404, 'HUB_NOT_FOUND'], ...noNode],
    tenant: [[404, 'HUB_NOT_FOUND']],
    link: noNode,
    invitation: noNode,
    ticket: [[404, 'FILE_NOT_FOUND'], ...noNode],
    preview: noNode,
    import: [
      [404, 'SOURCE_NOT_FOUND'],
      [404, 'IMPORT_NOT_FOUND'],
    ],
  },
  'name-taken': { any: [[409, 'FILENAME_EXISTS'], ...noData] },
  'invalid-name': { any: [[400, 'INVALID_FILENAME'], ...noData] },
  invalid: {
    any: noData,
    'user:password': [[400, 'uncompliant_password'], ...noData],
    'user:email': [[400, 'INVALID_EMAIL_FORMAT'], [400, 'INVALID_PROFILE'], ...noData],
    import: [[502, 'SOURCE_INVALID']],
    'import:url': noData,
    'import:token': noData,
    'import:room': noData,
    'import:node': noData,
    'body:ownpath': [[400, 'OWNPATH_INCONSISTENT'], ...noData],
  },
  'wrong-kind': {
    any: noData,
    'node/target': noDirectory,
    'node/parent': noDirectory,
    'node:room': [[403, '_delete_hub'], ...noData],
  },
  'same-place': { any: noData },
  cycle: { any: [[400, 'CIRCULAR_REF'], ...noData] },
  'mixed-parents': { any: noData },
  exists: {
    any: [[409, 'ALREADY_EXISTS'], ...noData],
    'user:userName': [[409, '_ident_already_exists']],
    'user:email': [[409, 'EMAIL_ALREADY_EXIST']],
    tenant: [[400, 'PRO_USER']],
    link: noLink,
  },
  'last-admin': { any: [[400, 'OWNER_CANNOT_BE_REMOVED'], ...noData, ...denied] },
  closed: { any: noData },
  range: { any: [[416, 'RANGE_NOT_SATISFIABLE'], ...noData] },
  'part-mismatch': { any: noData },
  'checksum-mismatch': { any: noData },
  'version-mismatch': { any: [[409, 'VERSION_MISMATCH'], ...noData] },
  'limit-reached': { any: denied },
  'password-required': { any: denied, user: [...wrongPassword, ...denied] },
  'too-many': { any: noData },
  'too-large': { any: [[413, 'TOO_LARGE'], ...noData], upload: [...noSpace, [413, 'TOO_LARGE']] },
  'quota-exceeded': {
    any: noSpace,
    'node:home': [[507, 'your_limit_exceeded'], ...noSpace],
    'node:tenant': [[507, 'limit_exceeded'], ...noSpace],
  },
  'storage-full': { any: noSpace },
  unsupported: {
    any: [[501, 'NOT_IMPLEMENTED']],
    import: [[501, 'IMPORT_NOT_AVAILABLE']],
    text: noData,
    mail: [
      [503, 'MAIL_NOT_AVAILABLE'],
      [503, 'OTP_NOT_AVAILABLE'],
    ],
  },
  unavailable: { any: [[503, 'UNAVAILABLE']], import: [[503, 'SOURCE_UNAVAILABLE']] },
  failed: { any: [[500, 'TASK_FAILED']] },
  encrypted: { any: denied },
  'not-encrypted': { any: denied },
  'key-missing': { any: denied },
}
