import { describe, expect, it } from 'vitest'
import {
  Fault,
  type FaultCode,
  type FaultData,
  type FaultRole,
  type Subject,
} from '../../core/fault.ts'
import { documents } from '../documented.ts'
import { answers } from './answers.ts'
import { faultAnswer, pick } from './faults.ts'
import { type OperationId, operations } from './generated/operations.ts'

const codes = Object.keys(answers) as FaultCode[]
const subjects: Subject[] = [
  'node',
  'version',
  'user',
  'session',
  'client',
  'tenant',
  'grant',
  'upload',
  'link',
  'ticket',
  'export',
  'body',
]
const roles: (FaultRole | undefined)[] = [
  undefined,
  'target',
  'source',
  'parent',
  'room',
  'file',
  'admin',
]

/**
 * Where the document has no answer for a fault, it is the bare status of this table: what can
 * happen at any operation, or at those only that cannot raise the fault at all.
 */
const undocumented: Readonly<Partial<Record<FaultCode, readonly number[]>>> = {
  unauthenticated: [401],
  'wrong-credentials': [401, 400],
  locked: [403],
  disabled: [403],
  expired: [403, 401, 404],
  forbidden: [403],
  'not-found': [404, 401],
  'name-taken': [409],
  'invalid-name': [400],
  invalid: [400],
  'wrong-kind': [400, 404],
  'same-place': [400],
  cycle: [409],
  'mixed-parents': [400],
  exists: [409],
  'last-admin': [400],
  closed: [400],
  range: [400, 416],
  'part-mismatch': [400],
  'checksum-mismatch': [400],
  'version-mismatch': [409],
  'limit-reached': [404, 400, 403],
  'password-required': [401],
  'too-many': [400],
  'too-large': [413, 400],
  'quota-exceeded': [507],
  'storage-full': [507],
  unsupported: [501],
  unavailable: [503],
  encrypted: [400],
  'not-encrypted': [400],
  'key-missing': [400, 403, 404, 412],
  // Tasks are watched through other APIs only.
  failed: [500],
}

/** One operation for each set of documented answers. */
const distinct = new Map(
  Object.values(operations).map((one) => [JSON.stringify(one.statuses), one]),
).values()

describe('pick', () => {
  it('answers every fault at every operation as documented, or bare and by the table', () => {
    const faults = codes.flatMap((code) =>
      subjects.flatMap((subject) => roles.map((role) => new Fault(code, subject, role))),
    )
    const wrong: string[] = []
    for (const operation of distinct) {
      for (const error of faults) {
        const [status, errorCode] = pick(error, operation)
        if (documents(operation, status, errorCode)) continue
        const allowed = errorCode === undefined && undocumented[error.code]?.includes(status)
        if (!allowed) wrong.push(`${operation.id} ${error.message}: ${status}`)
      }
    }
    expect(faults.length).toBeGreaterThan(2000)
    expect(wrong).toEqual([])
  })

  const at = (
    id: OperationId,
    code: FaultCode,
    subject: Subject,
    role?: FaultRole,
    data: FaultData = {},
  ) => pick(new Fault(code, subject, role, data), operations[id])

  it('lets the document choose between the codes of one fault', () => {
    expect(at('requestNode', 'not-found', 'node')).toEqual([404, -41000])
    expect(at('moveNodes', 'not-found', 'node', 'target')).toEqual([404, -41051])
    expect(at('moveNodes', 'not-found', 'node', 'source')).toEqual([404, -41050])
    expect(at('moveNodes', 'wrong-kind', 'node', 'target')).toEqual([400, -41053])
    expect(at('moveNodes', 'wrong-kind', 'node', 'source')).toEqual([400, -41052])
    expect(at('moveNodes', 'wrong-kind', 'node', 'target', { node: 5 })).toEqual([409, -40010])
    expect(at('moveNodes', 'mixed-parents', 'node')).toEqual([400, -41054])
    expect(at('moveNodes', 'cycle', 'node', 'target')).toEqual([409, -41304])
    expect(at('createFolder', 'name-taken', 'node', 'target', { node: 5 })).toEqual([409])
    expect(at('copyNodes', 'name-taken', 'node', 'target', { node: 5 })).toEqual([409, -41001])
    expect(at('createFolder', 'invalid-name', 'node')).toEqual([400, -40755])
    expect(at('createFolder', 'forbidden', 'node', 'parent')).toEqual([403])
    expect(at('createUser', 'exists', 'user', undefined, { field: 'userName' })).toEqual([
      409, -70564,
    ])
    expect(at('createUser', 'limit-reached', 'user')).toEqual([403, -70505])
    expect(
      at('createUser', 'invalid', 'user', undefined, { field: 'email', rule: 'form' }),
    ).toEqual([400, -80009])
    expect(
      at('createUser', 'invalid', 'user', undefined, { field: 'password', rule: 'too-short' }),
    ).toEqual([400, -10002])
    expect(at('login', 'wrong-credentials', 'user')).toEqual([401, -10011])
    expect(at('login', 'disabled', 'tenant')).toEqual([403, -10007])
    expect(at('requestUsers', 'invalid', 'body', undefined, { rule: 'range' })).toEqual([
      400, -80024,
    ])
    expect(
      at('requestUsers', 'forbidden', 'session', undefined, { rule: 'must-change-password' }),
    ).toEqual([412, -10104])
    expect(
      at('createFileUploadChannel', 'quota-exceeded', 'node', 'target', { of: 'room' }),
    ).toEqual([507, -40200])
    expect(
      at('createFileUploadChannel', 'quota-exceeded', 'node', 'target', { of: 'tenant' }),
    ).toEqual([507, -90200])
    expect(at('downloadAvatar', 'not-found', 'user', undefined, { of: 'avatar' })).toEqual([
      404, -70028,
    ])
    expect(at('uploadFileByToken' as OperationId, 'not-found', 'upload')).toEqual([404])
  })
})

describe('faultAnswer', () => {
  it('has the four members of the wire, and no code where there is none', () => {
    const missing = faultAnswer(new Fault('not-found', 'node'), operations.requestNode)
    expect(missing).toMatchObject({
      status: 404,
      json: { code: 404, message: 'Not Found', debugInfo: 'Node not found', errorCode: -41000 },
    })
    const forbidden = faultAnswer(new Fault('forbidden', 'node'), operations.requestNode)
    expect(JSON.parse(JSON.stringify('json' in forbidden && forbidden.json))).toEqual({
      code: 403,
      message: 'Forbidden',
      debugInfo: 'The permission for this is missing',
    })
  })

  it('names the broken rule of a password', () => {
    const data = { field: 'password', rule: 'too-short' }
    const answer = faultAnswer(new Fault('invalid', 'user', undefined, data), operations.createUser)
    expect(answer).toMatchObject({
      status: 400,
      json: { errorCode: -10002, violatedPasswordPolicies: [{ name: 'too-short' }] },
    })
  })

  it('tells when to come again, and where a range ends', () => {
    expect(faultAnswer(new Fault('unavailable', 'node'), undefined)).toMatchObject({
      status: 503,
      headers: { 'retry-after': '5' },
    })
    const range = new Fault('range', 'node', 'file', { size: 7 })
    expect(faultAnswer(range, operations.downloadFileViaToken)).toMatchObject({
      status: 416,
      headers: { 'content-range': 'bytes */7' },
    })
  })
})
