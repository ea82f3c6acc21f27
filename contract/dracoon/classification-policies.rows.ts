import type { ContractRow } from '../row.ts'

const read = { op: 'requestClassificationPoliciesConfig' } as const
const change = { op: 'changeClassificationPoliciesConfig', as: 'admin' } as const
const from = (level: number) => ({
  body: { shareClassificationPolicies: { classificationRequiresSharePassword: level } },
})

/** From which classification on a download share needs a password. */
export const classificationPoliciesRows: readonly ContractRow[] = [
  {
    ...read,
    name: 'none at first',
    as: 'admin',
    want: { status: 200, ...from(0) },
  },
  { ...read, name: 'for administrators', as: 'writer', want: { status: 403 } },
  { ...read, name: 'without a session', as: null, want: { status: 401, code: -10012 } },
  {
    ...change,
    name: 'from confidential on',
    send: from(3),
    want: { status: 200, ...from(3), events: ['settings.changed'] },
  },
  { ...change, name: 'nothing', send: { body: {} }, want: { status: 400, code: -80000 } },
  { ...change, name: 'what is none', send: from(5), want: { status: 400 } },
  { ...change, name: 'by others', as: 'manager', send: from(0), want: { status: 403 } },
  {
    ...change,
    name: 'without a session',
    as: null,
    send: from(0),
    want: { status: 401, code: -10012 },
  },
]
