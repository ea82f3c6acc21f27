import type { ContractRow } from '../row.ts'
import { byId, byToken, md5, opened, unknownUpload } from './upload-scene.ts'

function multipart(
  text: string,
  head = 'Content-Disposition: form-data; name="file"; filename="x"',
) {
  return {
    headers: { 'content-type': 'multipart/form-data; boundary=xxxx' },
    bytes: `--xxxx\r\n${head}\r\n\r\n${text}\r\n--xxxx--\r\n`,
  }
}

const tokenChunk = { op: 'uploadFileByTokenAsMultipart_1', as: null } as const
const idChunk = { op: 'uploadFileAsMultipart', as: 'writer' } as const

/** The bytes of an upload, by token and by id. */
export const uploadChunksRows: readonly ContractRow[] = [
  {
    ...tokenChunk,
    name: 'raw bytes of any type',
    before: opened(),
    send: byToken({ bytes: 'abcd', headers: { 'content-type': 'image/png' } }),
    want: { status: 201, body: { size: 4, hash: md5('abcd') } },
  },
  {
    ...tokenChunk,
    name: 'multipart, part without a type',
    before: opened(),
    send: byToken(multipart('hello')),
    want: { status: 201, body: { size: 5, hash: md5('hello') } },
  },
  {
    ...tokenChunk,
    name: 'multipart without a file',
    before: opened(),
    send: byToken(multipart('hello', 'Content-Disposition: form-data; name="file"')),
    want: { status: 400, code: -80000 },
  },
  {
    ...tokenChunk,
    name: 'broken multipart',
    before: opened(),
    send: byToken({ bytes: 'abc', headers: { 'content-type': 'multipart/form-data; boundary=y' } }),
    want: { status: 400 },
  },
  {
    ...tokenChunk,
    name: 'multipart without a boundary',
    before: opened(),
    send: byToken({ bytes: 'abc', headers: { 'content-type': 'multipart/form-data' } }),
    want: { status: 400 },
  },
  {
    ...tokenChunk,
    name: 'a second chunk: hash and size are its own',
    before: opened({}, 'abcd'),
    send: byToken({ bytes: 'ef', headers: { 'content-range': 'bytes 4-6/*' } }),
    want: { status: 201, body: { size: 2, hash: md5('ef') } },
  },
  {
    ...tokenChunk,
    name: 'a chunk beyond the end',
    before: opened({}, 'abcd'),
    send: byToken({ bytes: 'ef', headers: { 'content-range': 'bytes 9-10/11' } }),
    want: { status: 400, code: -80021 },
  },
  {
    ...tokenChunk,
    name: 'a range that is none',
    before: opened(),
    send: byToken({ bytes: 'ef', headers: { 'content-range': 'lines 1-2/3' } }),
    want: { status: 400, code: -80021 },
  },
  {
    ...tokenChunk,
    name: 'more than was announced',
    before: opened({ size: 3 }),
    send: byToken({ bytes: 'abcd' }),
    want: { status: 400 },
  },
  {
    ...tokenChunk,
    name: 'an unknown token',
    send: { params: { token: 'x'.repeat(22) }, bytes: 'a' },
    want: unknownUpload,
  },
  {
    ...idChunk,
    name: 'raw',
    before: opened(),
    send: byId({ bytes: 'abcd', headers: { 'content-type': 'application/octet-stream' } }),
    want: { status: 201, body: { size: 4, hash: md5('abcd') } },
  },
  {
    ...idChunk,
    name: 'multipart',
    before: opened(),
    send: byId(multipart('abcd')),
    want: { status: 201, body: { size: 4 } },
  },
  {
    ...idChunk,
    name: 'of somebody else',
    as: 'manager',
    before: opened(),
    send: byId({ bytes: 'a' }),
    want: unknownUpload,
  },
  {
    ...idChunk,
    name: 'an id that is no number',
    send: { params: { upload_id: 'abc' }, bytes: 'a' },
    want: unknownUpload,
  },
  {
    ...idChunk,
    name: 'without a session',
    as: null,
    before: opened(),
    send: byId({ bytes: 'a' }),
    want: { status: 401, code: -10012 },
  },
  {
    ...idChunk,
    name: 'an upload in parts takes no chunks',
    before: opened({ directS3Upload: true }),
    send: byId({ bytes: 'a' }),
    want: { status: 400, code: -90033 },
  },
]
