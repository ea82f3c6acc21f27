import { cloudikeDriver } from '../cloudike/driver.ts'
import {
  type Entry,
  type FaceClient,
  isRefusal,
  type Person,
  type Refusal,
  refusal,
} from './client.ts'

type Meta = { path: string; folder: boolean; bytes: number; fs_type?: string; content?: Meta[] }
type Call = (method: string, path: string, body?: object) => Promise<Response>

/** Cloudike's API as a web client uses it: paths from the own root, announced uploads. */
export const cloudikeClient: FaceClient = {
  name: 'cloudike',
  async signIn(url, login, password) {
    const headers = await cloudikeDriver.signIn(url, login, password)
    const call: Call = (method, path, body) =>
      fetch(`${url}/api/1/${path}`, {
        method,
        headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
    return person(call)
  },
}

function person(call: Call): Person {
  const place = (action: 'move' | 'copy') => async (path: Path, folder: Path) => {
    const sent = { from_path: pathText(path), to_path: pathText(folder), overwrite: false }
    return refusedBy(await call('POST', `fileops/${action}/`, sent))
  }
  return {
    async makeFolder(path) {
      // Folders on the way would be made along.
      const parent = await metadata(call, path.slice(0, -1))
      if (isRefusal(parent)) return parent
      const body = { path: pathText(path) }
      return unsayable(path) ?? refusedBy(await call('POST', 'fileops/folder_create', body))
    },
    upload: (path, bytes, options) => upload(call, path, bytes, options?.replace ?? false),
    download: (path, range) => download(call, path, range),
    async list(path) {
      const folder = await metadata(call, path)
      return isRefusal(folder) ? folder : (folder.content ?? []).map(entryOf)
    },
    async rename(path, name) {
      const body = { path: pathText(path), newname: name }
      return refusedBy(await call('POST', 'fileops/rename/', body))
    },
    move: place('move'),
    copy: place('copy'),
    async remove(path) {
      return refusedBy(await call('POST', 'fileops/delete/', { path: pathText(path) }))
    },
    async signOut() {
      await call('POST', 'accounts/logout/')
    },
  }
}

type Path = readonly string[]

const ownNames = (path: Path) => (path[0] === '~' ? path.slice(1) : path)
const pathText = (path: Path) => `/${ownNames(path).join('/')}`

/** A path has no way to say an empty name, or one with a slash in it. */
function unsayable(path: Path): Refusal | undefined {
  const name = path.at(-1) ?? ''
  const isOne = name !== '' && !name.includes('/')
  return isOne ? undefined : refusal(400, `no path says ${JSON.stringify(name)}`)
}

async function metadata(call: Call, path: Path): Promise<Meta | Refusal> {
  const place = ownNames(path).map(encodeURIComponent).join('/')
  const response = await call('GET', `metadata/${place}`)
  return response.ok ? ((await response.json()) as Meta) : refused(response)
}

function entryOf({ path, folder, fs_type, bytes }: Meta): Entry {
  const kind = fs_type === 'mount' ? 'room' : folder ? 'folder' : 'file'
  return { name: path.slice(path.lastIndexOf('/') + 1), kind, size: bytes }
}

type Announced = { url?: string; method: string; confirm_url: string }

async function upload(
  call: Call,
  path: Path,
  bytes: Uint8Array,
  overwrite: boolean,
): Promise<Refusal | undefined> {
  const odd = unsayable(path)
  if (odd) return odd
  const announced = { path: pathText(path), size: bytes.length, overwrite, create_dirs: false }
  const created = await call('POST', 'files/create/', announced)
  if (!created.ok) return refused(created)
  const { url, method, confirm_url } = (await created.json()) as Announced
  if (url === undefined) return undefined
  const form = new FormData()
  form.set('file', new Blob([bytes as Uint8Array<ArrayBuffer>]))
  const sent = await fetch(url, { method, body: form })
  if (!sent.ok) return refused(sent)
  await sent.arrayBuffer()
  return refusedBy(await fetch(confirm_url, { method: 'POST' }))
}

async function download(
  call: Call,
  path: Path,
  range: { start: number; end: number } | undefined,
): Promise<Buffer | Refusal> {
  const asked = await call('GET', `files/get/${ownNames(path).map(encodeURIComponent).join('/')}`)
  if (!asked.ok) return refused(asked)
  const { url } = (await asked.json()) as { url: string }
  const headers: Record<string, string> = range
    ? { range: `bytes=${range.start}-${range.end}` }
    : {}
  const response = await fetch(url, { headers })
  return response.ok ? Buffer.from(await response.arrayBuffer()) : refused(response)
}

async function refusedBy(response: Response): Promise<Refusal | undefined> {
  if (!response.ok) return refused(response)
  await response.arrayBuffer()
  return undefined
}

const taken = ['FolderAlreadyCreated', 'FileAlreadyExists', 'FileCantBeRenamed']

/** Names that are taken are 403 here as well; the code tells which it is. */
async function refused(response: Response): Promise<Refusal> {
  const text = await response.text()
  const { code } = JSON.parse(text) as { code?: string }
  const answer = refusal(response.status, text)
  return taken.includes(code ?? '') ? { ...answer, refused: 'name-taken' } : answer
}
