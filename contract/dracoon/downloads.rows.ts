import type { ContractRow, Scene } from '../row.ts'
import { refusals } from './refusals.ts'

const tree = {
  '/a.txt': { file: '0123456789' },
  '/x.html': { file: '<script>' },
  '/empty': { file: '' },
  '/f': 'folder',
} as const

const file = (path: string) => (scene: Scene) => ({ params: { file_id: scene.id(path) } })

/** A download address made before the call. */
const asked = (path: string) => async (scene: Scene) => {
  const { body } = await scene.call('generateDownloadUrl', 'reader', file(path)(scene))
  const { downloadUrl } = body as { downloadUrl: string }
  scene.kept.token = downloadUrl.slice(downloadUrl.lastIndexOf('/') + 1)
}

const send =
  (more: object = {}) =>
  (scene: Scene) => ({ params: { token: String(scene.kept.token) }, ...more })
const range = (value: string) => send({ headers: { range: value } })

const url = { op: 'generateDownloadUrl', as: 'reader', given: tree } as const
const get = { op: 'downloadFileViaToken', as: null, given: tree, before: asked('/a.txt') } as const
const head = { ...get, op: 'downloadFileViaToken_1' } as const
const wrongToken = { status: 401, code: -20502 }

/** Files on their way out. */
export const downloadsRows: readonly ContractRow[] = [
  {
    ...url,
    name: 'a whole address',
    send: file('/a.txt'),
    want: (scene) => ({
      status: 200,
      body: { downloadUrl: (to) => String(to).startsWith(`${scene.url}/api/v4/downloads/`) },
    }),
  },
  { ...url, name: 'a folder is no file', send: file('/f'), want: { status: 404, code: -40751 } },
  {
    ...url,
    name: 'an id that is no number',
    send: { params: { file_id: 'a' } },
    want: { status: 400, code: -80002 },
  },
  ...refusals({
    op: 'generateDownloadUrl',
    given: tree,
    send: file('/a.txt'),
    forbidden: [],
    invisible: { status: 404, code: -40751 },
  }),
  {
    ...get,
    name: 'the whole file, as attachment that no browser runs',
    send: send(),
    want: {
      status: 200,
      body: (body) => String(body) === '0123456789',
      headers: {
        'content-length': '10',
        'accept-ranges': 'bytes',
        'content-disposition': /^attachment; filename="?a\.txt/,
        'content-type': /^text\/plain/,
        'x-content-type-options': 'nosniff',
        'content-security-policy': /sandbox/,
        etag: /^".+"$/,
      },
    },
  },
  {
    ...get,
    name: 'a range',
    send: range('bytes=2-4'),
    want: {
      status: 206,
      body: 234,
      headers: { 'content-range': 'bytes 2-4/10', 'content-length': '3' },
    },
  },
  {
    ...get,
    name: 'one byte, to learn the size',
    send: range('bytes=0-0'),
    want: { status: 206, body: 0, headers: { 'content-range': 'bytes 0-0/10' } },
  },
  {
    ...get,
    name: 'from somewhere to the end',
    send: range('bytes=7-'),
    want: { status: 206, body: 789 },
  },
  { ...get, name: 'the last bytes', send: range('bytes=-2'), want: { status: 206, body: 89 } },
  {
    ...get,
    name: 'an end beyond the file',
    send: range('bytes=8-99'),
    want: { status: 206, body: 89, headers: { 'content-range': 'bytes 8-9/10' } },
  },
  {
    ...get,
    name: 'beyond the file',
    send: range('bytes=10-11'),
    want: { status: 416, headers: { 'content-range': 'bytes */10' } },
  },
  {
    ...get,
    name: 'several ranges are not taken up',
    send: range('bytes=0-1,3-4'),
    want: { status: 200 },
  },
  {
    ...get,
    name: 'a generic type',
    send: send({ query: { generic_mimetype: true } }),
    want: { status: 200, headers: { 'content-type': 'application/octet-stream' } },
  },
  {
    ...get,
    name: 'shown in the browser',
    send: send({ query: { inline: true } }),
    want: { status: 200, headers: { 'content-disposition': /^inline/ } },
  },
  {
    ...get,
    name: 'never shown what could run',
    before: asked('/x.html'),
    send: send({ query: { inline: true } }),
    want: { status: 200, headers: { 'content-disposition': /^attachment/ } },
  },
  {
    ...get,
    name: 'an empty file',
    before: asked('/empty'),
    send: send(),
    want: { status: 200, body: undefined, headers: { 'content-length': '0' } },
  },
  {
    ...get,
    name: 'a token that is none',
    before: undefined,
    send: { params: { token: 'nothing' } },
    want: wrongToken,
  },
  {
    ...get,
    name: 'a token that was tampered with',
    send: (scene) => ({ params: { token: `${scene.kept.token}x` } }),
    want: wrongToken,
  },
  {
    ...get,
    name: 'a right that was taken ends it',
    before: async (scene) => {
      await asked('/a.txt')(scene)
      const body = { ids: [scene.userId('reader')] }
      await scene.call('revokeRoomUsers', 'manager', { params: { room_id: scene.id('/') }, body })
    },
    send: send(),
    want: { status: 404 },
  },
  {
    ...get,
    name: 'a file that is gone',
    before: async (scene) => {
      await asked('/a.txt')(scene)
      await scene.call('removeNode', 'writer', { params: { node_id: scene.id('/a.txt') } })
    },
    send: send(),
    want: { status: 404 },
  },
  {
    ...head,
    name: 'the head alone',
    send: send(),
    want: {
      status: 200,
      body: undefined,
      headers: { 'content-length': '10', 'accept-ranges': 'bytes' },
    },
  },
  {
    ...head,
    name: 'the head of a range',
    send: range('bytes=2-4'),
    want: { status: 206, headers: { 'content-length': '3', 'content-range': 'bytes 2-4/10' } },
  },
  {
    ...head,
    name: 'a token that is none',
    before: undefined,
    send: { params: { token: 'nothing' } },
    want: { status: 401 },
  },
]
