import type { FaultCode, FaultRole, Subject } from '../../core/fault.ts'
import { cipher } from './cipher-answers.ts'

/** An HTTP status and, where the wire has one, an error code. */
export type Wish = readonly [status: number, code?: number]

export type Place = Subject | `${Subject}/${FaultRole}` | `${Subject}:${string}`

/**
 * What a fault would like to be answered with, best first. Looked up as subject/role, then
 * subject:rule (data.rule, data.field or data.of), then subject, then `any`; the operation's
 * document picks. `any` starts with the status that stands when the document knows none.
 */
export type Wishes = Partial<Record<Place, readonly Wish[]>> & { readonly any: readonly Wish[] }

const noNode: readonly Wish[] = [
  [404, -41000],
  [404, -40000],
  [404, -40751],
]
const noPermission: readonly Wish[] = [[403]]
const noRoomSpace: readonly Wish[] = [
  [507, -40200],
  [507, -90200],
]

/** Every fault that core knows. */
export const answers: Record<FaultCode, Wishes> = {
  unauthenticated: {
    any: [
      [401, -10012],
      [401, -10006],
    ],
    'session:kind': [
      [401, -10006],
      [401, -10012],
    ],
  },
  'wrong-credentials': {
    any: [[401, -10011]],
    link: [
      [401, -50009],
      [401, -50502],
    ],
  },
  locked: {
    any: [[403, -10005]],
    link: [[403, -51000]],
    text: [
      [502, -90090],
      [403, -10005],
    ],
  },
  disabled: { any: [[403, -10003]], tenant: [[403, -10007]] },
  expired: {
    any: [[403, -10004]],
    session: [[401, -10012]],
    upload: [[404, -20501]],
    link: [
      [404, -50000],
      [404, -50501],
    ],
    ticket: [
      [401, -20502],
      [404, -50001],
    ],
    export: [[401, -20502]],
  },
  forbidden: {
    any: noPermission,
    'tenant:guests': [[400, -80064], [403]],
    ...cipher.notGiven,
    'session:must-change-password': [[412, -10104]],
    'node:homes': [[400, -40021], [400, -40009], [403]],
    'session:must-agree': [[412, -10103]],
    'session:must-give-email': [[412, -10109]],
  },
  'not-found': {
    any: [[404]],
    node: noNode,
    'node:deleted': [[404, -41100]],
    comment: [[404, -41400]],
    'node/target': [[404, -41051], [404, -40000], ...noNode],
    'node/source': [[404, -41050], ...noNode],
    'node/parent': [[404, -40000], ...noNode],
    'node/room': [[404, -40000], ...noNode],
    'node/file': [[404, -40751], ...noNode],
    version: [[404, -40751], ...noNode],
    user: [[404, -70501]],
    value: [[404, -70550]],
    webhook: [[404, -91000]],
    'user:avatar': [[404, -70028]],
    ...cipher.missing,
    'user/admin': [
      [404, -70501],
      [400, -40006],
    ],
    session: [[404, -90082]],
    client: [[404, -90080]],
    tenant: [
      [404, -1],
      [404, -90103],
    ],
    grant: [[404, -70501], ...noNode],
    upload: [[404, -20501]],
    link: [
      [404, -60000],
      [404, -60500],
      [404, -50000],
      [404, -50501],
      [404, -40751],
    ],
    ticket: [
      [401, -20502],
      [404, -50001],
      [404, -50000],
    ],
    export: [[401, -20502]],
    group: [[404, -30000]],
    role: [[404, -71001]],
    admission: [[404, -40300]],
  },
  'name-taken': {
    any: [[409]],
    node: [[409, -41001]],
  },
  'invalid-name': {
    any: [
      [400, -40755],
      [400, -80023],
      [400, -80000],
    ],
    'node:path-length': [
      [400, -41200],
      [400, -40755],
    ],
  },
  invalid: {
    any: [[400], [400, -80000]],
    'role:own': [[400, -71003], [403]],
    'role:grantable': [[400, -71002], [400, -71003], [403]],
    'user:guest-role': [[400, -71010]],
    'user:guest-group': [[400, -71012]],
    'user:not-guest': [[400, -71011]],
    'grant:guest': [
      [400, -71013],
      [400, -80068],
    ],
    'user:no-factor': [[400, -10111]],
    'grant:home': [[400, -40022]],
    'file-key': cipher.wrongFileKey,
  },
  'wrong-kind': {
    any: [[400]],
    // There is such a node, but no such container.
    node: [[400, -80065], [404, -40000], ...noNode],
    'node/target': [
      [400, -41053],
      [404, -41051],
      [404, -40000],
      [404, -41000],
    ],
    'node/source': [
      [400, -41052],
      [404, -41050],
      [404, -41000],
    ],
    'node/parent': [[404, -40000], ...noNode],
    'node/room': [[404, -40000], [400, -80065], ...noNode],
    'node/file': [[404, -40751], ...noNode],
    'node:no-room': [[400, -80065]],
    'node:in-the-way': [[409, -40010], [409, -41001], [409]],
  },
  'same-place': { any: [[400, -41302], [400, -41303], [400]] },
  cycle: {
    any: [
      [409, -41304],
      [400, -41304],
    ],
  },
  'mixed-parents': { any: [[400, -41054]] },
  exists: {
    any: [[409]],
    node: [[409, -41001]],
    'node:no-favorite': [[400, -41301]],
    user: [
      [409, -70564],
      [409, -70560],
      [400, -80069],
    ],
    client: [[409, -90081]],
    link: [[409]],
    ...cipher.there,
    'group:member': [[400, -70510]],
    'grant:guest': [[400, -80070]],
  },
  'last-admin': { any: [[400, -40006]], role: [[400, -71006]] },
  closed: {
    any: [
      [400, -20503],
      [404, -20501],
    ],
    comment: [[400, -80039]],
  },
  range: {
    any: [
      [400, -80021],
      [400, -80024],
    ],
    node: [[416]],
    version: [[416]],
    ticket: [[416]],
    link: [[416]],
  },
  'part-mismatch': { any: [[400, -80045]] },
  'checksum-mismatch': { any: [[400]] },
  'version-mismatch': { any: [[409]] },
  'limit-reached': {
    'link:files': [[400, -50506]],
    'link:bytes': [[507, -50504]],
    any: [
      [404, -50002],
      [400, -50506],
    ],
    upload: [
      [400, -50506],
      [507, -50504],
    ],
    user: [[403, -70505]],
  },
  'password-required': {
    any: [
      [401, -50009],
      [401, -50502],
    ],
  },
  'too-many': { any: [[400, -80063], [400, -80007], [400]] },
  'too-large': { any: [[413]], upload: [[400, -80046], [413]], 'upload:cipher': [[400, -80037]] },
  'quota-exceeded': {
    any: [
      [507, -90200],
      [507, -40200],
    ],
    'node:home': noRoomSpace,
    'node:room': noRoomSpace,
    link: [[507, -50504]],
  },
  'storage-full': {
    any: [
      [507, -90201],
      [507, -90200],
      [507, -40200],
    ],
  },
  unsupported: {
    any: [[501]],
    'user:second-factor': [[402, -89000]],
    'upload:direct': [[412, -90030]],
    'node:store-tags': [[412, -90032]],
    mail: [[400, -80000], [400], [501]],
    text: [[400, -80030], [400], [501]],
  },
  unavailable: { any: [[503]] },
  failed: { any: [[500]] },
  ...cipher.answers,
}

const archived: Partial<Record<FaultCode, readonly Wish[]>> = {
  'not-found': [[404, -41000]],
  'wrong-kind': [[404, -40751]],
}

/** What no list can settle: wishes of one operation, before all others. */
export const exceptions: Readonly<Record<string, Partial<Record<FaultCode, readonly Wish[]>>>> = {
  // The old password is input there; a 401 would make clients throw their token away.
  changeUserPassword: { 'wrong-credentials': [[400, -80000]] },
  updateUserAccount: { 'password-required': [[400, -70107]] },
  // What is chosen may be of any kind, and a room is none that is archived.
  generateDownloadUrlForZipArchive: archived,
  downloadZipArchive: archived,
}

/** Rules of refused input (`refuseInput`, core's data.rule) and the codes that say the same. */
export const inputRules: Readonly<Record<string, readonly Wish[]>> = {
  required: [[400, -80000]],
  empty: [[400, -80000]],
  integer: [
    [400, -80002],
    [400, -80001],
  ],
  number: [
    [400, -80002],
    [400, -80001],
  ],
  positive: [
    [400, -80001],
    [400, -80003],
    [400, -80002],
  ],
  boolean: [[400, -80005]],
  'too-long': [[400, -80007]],
  length: [[400, -80007]],
  'too-many': [
    [400, -80063],
    [400, -80007],
  ],
  range: [[400, -80024]],
  'range-of-archive': [[400, -80022]],
  json: [
    [400, -80013],
    [400, -80000],
  ],
  'utf-8': [
    [400, -80013],
    [400, -80023],
    [400, -80000],
  ],
  past: [[400, -80006]],
  future: [[400, -80008]],
  email: [[400, -80009]],
  phone: [[400, -80040]],
  characters: [[400, -80023]],
  character: [[400, -80023]],
  control: [[400, -80023]],
  unicode: [[400, -80023]],
  space: [[400, -80023]],
  depth: [[400, -41200]],
  'auth-method': [[400, -10100]],
  'lock-status': [[400, -70509]],
  language: [
    [400, -10013],
    [400, -10010],
  ],
  repeated: [[400, -80015]],
  'keep-links': [[400, -80034]],
  'content-range': [[400, -80021]],
  ...cipher.rules,
  sms: [[400, -80030]],
  country: [[400, -80041]],
  'event-type': [[400, -80060]],
  'log-operation': [[400, -80026]],
  'log-status': [[400, -80027]],
  chunks: [[404, -90034]],
}
