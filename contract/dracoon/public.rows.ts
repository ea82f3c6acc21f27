import type { ContractRow } from '../row.ts'

/** What anybody may ask about the installation. */
export const publicRows: readonly ContractRow[] = [
  {
    op: 'requestSoftwareVersion',
    name: 'clients find the version of the API that they compare',
    as: null,
    want: { status: 200, body: { restApiVersion: '4.42.2', isDracoonCloud: false } },
  },
  {
    op: 'requestSystemInfo',
    name: 'says how files are uploaded and how people sign in',
    as: null,
    want: {
      status: 200,
      body: {
        useS3Storage: true,
        s3EnforceDirectUpload: false,
        authMethods: [{ name: 'basic', isEnabled: true, priority: 1 }],
      },
    },
  },
  {
    op: 'requestSystemInfo',
    name: 'refuses a boolean that is none',
    as: null,
    send: { query: { is_enabled: 'maybe' } },
    want: { status: 400, code: -80005 },
  },
  {
    op: 'requestSystemInfo',
    name: 'cannot answer in HTML',
    as: null,
    send: { headers: { accept: 'text/html' } },
    want: { status: 406, body: { message: 'Not Acceptable' } },
  },
  {
    op: 'requestSystemInfo',
    name: 'does not look at a stale token',
    as: null,
    send: { headers: { authorization: 'Bearer stale' } },
    want: { status: 200 },
  },
  {
    op: 'requestActiveDirectoryAuthInfo',
    name: 'there is none',
    as: null,
    want: { status: 200, body: { items: [] } },
  },
  {
    op: 'requestOpenIdAuthInfo',
    name: 'there is none',
    as: null,
    want: { status: 200, body: { items: [] } },
  },
  {
    op: 'requestSystemTime',
    name: 'is a time in UTC',
    as: null,
    want: { status: 200, body: { time: (value) => /Z$/.test(String(value)) } },
  },
  {
    op: 'requestSystemTime',
    name: 'is written as asked for',
    as: null,
    send: { headers: { 'x-sds-date-format': 'OFFSET' } },
    want: { status: 200, body: { time: (value) => String(value).endsWith('+00:00') } },
  },
]
