import { createHash } from 'node:crypto'
import { cloudikeDriver } from '../cloudike/driver.ts'
import { type Entry, type FaceClient, type Person, type Refusal, refusal } from './client.ts'

type Get = (path: string) => Promise<Response>
type Post = (path: string, fields: Record<string, string>) => Promise<Response>

/** Cloudike's API as a web client uses it: paths from the own root, JSON bodies. */
export const cloudikeClient: FaceClient = {
  name: 'cloudike',
  speaksInPaths: true,
  async signIn(url, login, password) {
    const headers = await cloudikeDriver.signIn(url, login, password)
    const get: Get = (path) => fetch(`${url}/api/1${path}`, { headers })
    const post: Post = (path, fields) =>
      fetch(`${url}/api/1${path}`, {
        method: 'POST',
        // JSON, since a form cannot carry names that are not well-formed Unicode.
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(fields),
      })
    return person(get, post)
  },
}

function person(get: Get, post: Post): Person {
  return {
    makeFolder: async (path) =>
      refusedBy(await post('/fileops/folder_create/', { path: place(path) })),
    upload: (path, bytes, options) => upload(post, path, bytes, options?.replace ?? false),
    async download(path, range) {
      const asked = await get(`/files/get${encoded(path)}`)
      if (!asked.ok) return refused(asked)
      const { url } = (await asked.json()) as { url: string }
      const headers: Record<string, string> = range
        ? { range: `bytes=${range.start}-${range.end}` }
        : {}
      const response = await fetch(url, { headers })
      return response.ok ? Buffer.from(await response.arrayBuffer()) : refused(response)
    },
    list: (path) => list(get, path),
    rename: async (path, newname) =>
      refusedBy(await post('/fileops/rename/', { path: place(path), newname })),
    move: async (path, folder) => {
      const fields = { from_path: place(path), to_path: place(folder), overwrite: 'false' }
      return refusedBy(await post('/fileops/move/', fields))
    },
    copy: async (path, folder) => {
      const fields = { from_path: place(path), to_path: place(folder), overwrite: 'false' }
      return refusedBy(await post('/fileops/copy/', fields))
    },
    remove: async (path) => refusedBy(await post('/fileops/delete/', { path: place(path) })),
    async signOut() {
      await post('/accounts/logout/', {})
    },
  }
}

const inRoot = (path: readonly string[]) => (path[0] === '~' ? path.slice(1) : path)
const place = (path: readonly string[]) => `/${inRoot(path).join('/')}`
const encoded = (path: readonly string[]) => `/${inRoot(path).map(encodeURIComponent).join('/')}`

async function upload(
  post: Post,
  path: readonly string[],
  bytes: Uint8Array,
  replace: boolean,
): Promise<Refusal | undefined> {
  const opened = await post('/files/create/', {
    path: place(path),
    size: String(bytes.length),
    checksum: createHash('md5').update(bytes).digest('hex'),
    overwrite: String(replace),
  })
  if (opened.status !== 200) return refusedBy(opened)
  const slot = (await opened.json()) as { url: string; confirm_url: string; method: string }
  const form = new FormData()
  form.append('file', new Blob([bytes as Uint8Array<ArrayBuffer>]), 'file')
  const sent = await fetch(slot.url, { method: slot.method, body: form })
  if (!sent.ok) return refused(sent)
  await sent.arrayBuffer()
  return refusedBy(await fetch(slot.confirm_url, { method: 'POST' }))
}

type Meta = { path: string; name?: string; folder: boolean; bytes: number }

async function list(get: Get, path: readonly string[]): Promise<Entry[] | Refusal> {
  const response = await get(`/metadata${encoded(path)}?limit=0`)
  if (!response.ok) return refused(response)
  const { content } = (await response.json()) as { content: Meta[] }
  return content.map((meta) => ({
    name: meta.path.split('/').at(-1) ?? '',
    kind: meta.folder ? 'folder' : 'file',
    size: meta.bytes,
  }))
}

async function refusedBy(response: Response): Promise<Refusal | undefined> {
  if (response.ok) {
    await response.arrayBuffer()
    return undefined
  }
  return refused(response)
}

const taken = new Set(['FolderAlreadyCreated', 'FileAlreadyExists', 'FileCantBeRenamed'])

async function refused(response: Response): Promise<Refusal> {
  const text = await response.text()
  const plain = refusal(response.status, text)
  if (!text.startsWith('{')) return plain
  const { code } = JSON.parse(text) as { code?: string }
  return code !== undefined && taken.has(code) ? { ...plain, refused: 'name-taken' } : plain
}
