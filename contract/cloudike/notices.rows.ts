import type { ContractRow } from '../row.ts'

/** Messages of the server. What is in them is proved by those who write them. */
export const noticeRows: readonly ContractRow[] = [
  {
    op: 'notices',
    name: 'nothing was told yet',
    as: 'reader',
    send: { query: { type: 'personal', behavior: 'static', status: 'new', skip: 0, limit: 5 } },
    want: { status: 200, body: [] },
  },
  {
    op: 'notices',
    name: 'a status that there is not',
    as: 'reader',
    send: { query: { status: 'lost' } },
    want: { status: 400, code: 'InvalidParameters' },
  },
]
