import { createHash } from 'node:crypto'
import type { ContractRow, Scene } from '../row.ts'
import { fourEncodings } from './four-encodings.ts'

const md5 = (text: string) => createHash('md5').update(text).digest('hex')
const given = { '/docs': 'folder', '/docs/a.txt': { file: 'alpha' } } as const

type Announced = { url: string; method: string; confirm_url: string }
type Version = { version: number }

async function announce(scene: Scene, body: object): Promise<Announced> {
  const answer = await scene.call('filesCreate', 'writer', { body })
  if (answer.status !== 200) throw new Error(`files/create: ${JSON.stringify(answer.body)}`)
  return answer.body as Announced
}

/** Announces and sends a text as a client does; `scene.kept.confirm` is what confirms it. */
async function send(scene: Scene, text: string, body: object): Promise<void> {
  const { url, method, confirm_url } = await announce(scene, body)
  const form = new FormData()
  form.set('ignored', 'field')
  form.set('file', new Blob([text]), 'whatever.bin')
  const response = await fetch(url, { method, body: form })
  const sent: unknown = await response.json()
  if (response.status !== 200) throw new Error(`upload: ${JSON.stringify(sent)}`)
  scene.kept.confirm = confirm_url
  scene.kept.sent = sent
}

const confirming = (scene: Scene) => {
  const { pathname, search } = new URL(String(scene.kept.confirm))
  return { path: pathname + search }
}

async function versionOf(scene: Scene, path: string): Promise<number> {
  const answer = await scene.call('metadata', 'writer', { params: { path: scene.path(path) } })
  return (answer.body as Version).version
}

const create =
  (path: string, more: object = {}) =>
  (scene: Scene) => ({
    body: { path: scene.path(path), ...more },
  })

/** files/create, confirm: numbers are those of the dossier's edge rules. */
export const uploadRows: readonly ContractRow[] = [
  ...fourEncodings({
    op: 'filesCreate',
    name: 'says where the bytes go',
    as: 'writer',
    given,
    send: create('/docs/ü 1.txt', { size: 3, checksum: md5('abc'), overwrite: false }),
    want: (scene) => ({
      status: 200,
      body: {
        method: 'POST',
        url: (url) => String(url).startsWith(`${scene.url}/api/1/transfers/upload/`),
        confirm_url: (url) => String(url).includes('/docs/%C3%BC%201.txt?user_id='),
        parameters: {},
        headers: {},
      },
    }),
  }),
  {
    op: 'filesCreate',
    name: 'rule 15: known size and checksum are 201 with the file',
    as: 'writer',
    given,
    send: create('/docs/same.txt', { size: 5, checksum: md5('alpha').toUpperCase() }),
    want: (scene) => ({
      status: 201,
      body: { path: scene.path('/docs/same.txt'), bytes: 5, checksum: md5('alpha') },
      events: ['file.created'],
    }),
  },
  {
    op: 'filesCreate',
    name: 'rule 15: not for a file that only others can read',
    as: 'writer',
    before: async (scene) => {
      const path = '/secret of the admin.txt'
      const made = await scene.call('filesCreate', 'admin', { body: { path, overwrite: true } })
      const { url, confirm_url } = made.body as Announced
      await fetch(url, { method: 'PUT', body: 'only mine' })
      await fetch(confirm_url, { method: 'POST' })
    },
    send: create('/guess.txt', { size: 9, checksum: md5('only mine') }),
    want: { status: 200, body: { method: 'POST' } },
  },
  {
    op: 'filesCreate',
    name: 'rule 15: a malformed version is 400',
    as: 'writer',
    given,
    send: create('/docs/a.txt', { version: 'x1' }),
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'filesCreate',
    name: 'rule 15: another version is 403',
    as: 'writer',
    given,
    send: create('/docs/a.txt', { version: 1, overwrite: true }),
    want: { status: 403, code: 'FileVersionMismatch' },
  },
  {
    op: 'filesCreate',
    name: 'rule 15: a missing parent is 404 with create_dirs=false',
    as: 'writer',
    send: create('/x/y.txt', { create_dirs: 'no' }),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'filesCreate',
    name: 'rule 15: and is made without it',
    as: 'writer',
    send: create('/x/y.txt'),
    want: { status: 200, events: ['folder.created'] },
  },
  {
    op: 'filesCreate',
    name: 'rules 5 and 15: a taken name is 409 unless it may be overwritten',
    as: 'writer',
    given,
    send: create('/docs/a.txt'),
    want: { status: 409, code: 'FileAlreadyExists' },
  },
  {
    op: 'filesCreate',
    name: 'a folder is never overwritten',
    as: 'writer',
    given,
    send: create('/docs', { overwrite: true }),
    want: { status: 409, code: 'FileAlreadyExists' },
  },
  {
    op: 'filesCreate',
    name: 'a checksum that is none is 400',
    as: 'writer',
    send: create('/y.txt', { checksum: 'abc' }),
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'filesCreate',
    name: 'a reader may not',
    as: 'reader',
    given,
    send: create('/docs/y.txt'),
    want: { status: 403, code: 'Forbidden' },
  },
  {
    op: 'filesCreate',
    name: 'whoever does not see the folder finds none',
    as: 'member',
    given,
    send: create('/docs/y.txt', { create_dirs: false }),
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'filesConfirm',
    name: 'makes the file, without a session',
    as: null,
    given,
    before: (scene) =>
      send(scene, 'hello', {
        path: scene.path('/docs/new.txt'),
        size: 5,
        checksum: md5('hello'),
        modified: 1_700_000_000_000,
      }),
    send: confirming,
    want: (scene) => ({
      status: 200,
      body: {
        path: scene.path('/docs/new.txt'),
        bytes: 5,
        checksum: md5('hello'),
        author_name: 'writer Person',
        client_data: { modified: 1_700_000_000_000 },
      },
      events: ['file.created'],
    }),
    then: async (scene) => {
      const again = await fetch(scene.url + confirming(scene).path, { method: 'POST' })
      if (again.status !== 200) throw new Error(`confirmed again: ${again.status}`)
    },
  },
  {
    op: 'filesConfirm',
    name: 'rule 5: a name that was taken meanwhile is 409',
    as: null,
    given,
    before: async (scene) => {
      const path = scene.path('/docs/late.txt')
      await send(scene, 'hello', { path })
      await scene.call('fileopsFolderCreate', 'writer', { body: { path } })
    },
    send: confirming,
    want: { status: 409, code: 'FileAlreadyExists' },
  },
  {
    op: 'filesConfirm',
    name: 'overwriting makes a new version of the same file',
    as: null,
    given,
    before: async (scene) => {
      scene.kept.version = await versionOf(scene, '/docs/a.txt')
      const path = scene.path('/docs/a.txt')
      await send(scene, 'alpha two', { path, overwrite: true, version: scene.kept.version })
    },
    send: confirming,
    want: (scene) => ({
      status: 200,
      body: { bytes: 9, version: (version) => Number(version) > Number(scene.kept.version) },
      events: ['file.version-created'],
    }),
  },
  {
    op: 'filesConfirm',
    name: 'other bytes than were announced are refused',
    as: null,
    given,
    before: (scene) => send(scene, 'hello', { path: scene.path('/n.txt'), checksum: md5('x') }),
    send: confirming,
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'filesConfirm',
    name: 'fewer bytes than were announced are refused',
    as: null,
    given,
    before: (scene) => send(scene, 'hello', { path: scene.path('/n.txt'), size: 9 }),
    send: confirming,
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'filesConfirm',
    name: 'a secret that is none is 404',
    as: null,
    send: { params: { path: 'x' }, query: { temp_name: 'none' } },
    want: { status: 404, code: 'FileNotFound' },
  },
  {
    op: 'filesConfirm',
    name: 'the secret is needed',
    as: 'writer',
    send: { params: { path: 'x' } },
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'filesConfirm',
    name: 'a right that was taken meanwhile counts',
    as: null,
    given,
    before: async (scene) => {
      await send(scene, 'hello', { path: scene.path('/docs/n.txt') })
      await scene.call('fileopsMove', 'manager', {
        body: { from_path: scene.path('/docs'), to_path: '/' },
      })
    },
    send: confirming,
    want: { status: 404, code: 'FileNotFound' },
  },
]

async function uploadUrl(scene: Scene, body: object = {}): Promise<string> {
  const { url } = await announce(scene, { path: scene.path('/up.bin'), ...body })
  return new URL(url).pathname
}

const toUrl = async (scene: Scene) => {
  scene.kept.path = await uploadUrl(scene)
}

/** The address that takes the bytes. */
export const transferRows: readonly ContractRow[] = [
  ...(['PUT', 'POST'] as const).map(
    (method): ContractRow => ({
      op: 'transferUpload',
      name: `takes bare bytes by ${method}`,
      as: null,
      before: toUrl,
      send: (scene) => ({ method, path: String(scene.kept.path), bytes: 'hello' }),
      want: { status: 200, body: { size: 5, checksum: md5('hello') } },
    }),
  ),
  {
    op: 'transferUpload',
    name: 'sent again it starts anew',
    as: null,
    before: async (scene) => {
      scene.kept.path = await uploadUrl(scene)
      await fetch(scene.url + scene.kept.path, { method: 'PUT', body: 'something longer' })
    },
    send: (scene) => ({ method: 'PUT', path: String(scene.kept.path), bytes: 'short' }),
    want: { status: 200, body: { size: 5, checksum: md5('short') } },
  },
  {
    op: 'transferUpload',
    name: 'a form without a file is 400',
    as: null,
    before: toUrl,
    send: (scene) => ({
      path: String(scene.kept.path),
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      bytes: '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n',
    }),
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'transferUpload',
    name: 'a form that breaks off is 400',
    as: null,
    before: toUrl,
    send: (scene) => ({
      path: String(scene.kept.path),
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      bytes: '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nb',
    }),
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'transferUpload',
    name: 'more bytes than were announced are refused',
    as: null,
    before: async (scene) => {
      scene.kept.path = await uploadUrl(scene, { size: 2 })
    },
    send: (scene) => ({ method: 'PUT', path: String(scene.kept.path), bytes: 'hello' }),
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'transferUpload',
    name: 'an address that is none is 404',
    as: null,
    send: { method: 'PUT', params: { ticket: 'none' }, bytes: 'hello' },
    want: { status: 404, code: 'NotFound' },
  },
]
