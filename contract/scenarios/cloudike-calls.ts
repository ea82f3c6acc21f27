import { createHash } from 'node:crypto'
import { type Entry, type Path, type Refusal, refusal } from './client.ts'

export type CloudikeCalls = {
  readonly get: (path: string) => Promise<Response>
  readonly post: (path: string, fields: Record<string, unknown>) => Promise<Response>
}

/** Calls of Cloudike's API with these headers. */
export function cloudikeCalls(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): CloudikeCalls {
  return {
    get: (path) => fetch(`${url}/api/1${path}`, { headers }),
    post: (path, fields) =>
      fetch(`${url}/api/1${path}`, {
        method: 'POST',
        // JSON, since a form cannot carry names that are not well-formed Unicode.
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(fields),
      }),
  }
}

const inRoot = (path: Path) => (path[0] === '~' ? path.slice(1) : path)
export const place = (path: Path) => `/${inRoot(path).join('/')}`
export const encoded = (path: Path) => `/${inRoot(path).map(encodeURIComponent).join('/')}`

export const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex')

export type Slot = { url: string; confirm_url: string; method: string }

/** Sends a file to where it may come in, and confirms it. */
export async function sendForm(slot: Slot, bytes: Uint8Array): Promise<Refusal | undefined> {
  const form = new FormData()
  form.append('file', new Blob([bytes as Uint8Array<ArrayBuffer>]), 'file')
  const sent = await fetch(slot.url, { method: slot.method, body: form })
  if (!sent.ok) return refused(sent)
  await sent.arrayBuffer()
  return refusedBy(await fetch(slot.confirm_url, { method: 'POST' }))
}

export type Meta = { path: string; folder: boolean; bytes: number }

export function presentEntry({ path, folder, bytes }: Meta): Entry {
  return { name: path.split('/').at(-1) ?? '', kind: folder ? 'folder' : 'file', size: bytes }
}

export async function refusedBy(response: Response): Promise<Refusal | undefined> {
  if (!response.ok) return refused(response)
  await response.arrayBuffer()
  return undefined
}

const taken = new Set(['FolderAlreadyCreated', 'FileAlreadyExists', 'FileCantBeRenamed'])

export async function refused(response: Response): Promise<Refusal> {
  const text = await response.text()
  const plain = refusal(response.status, text)
  if (!text.startsWith('{')) return plain
  const { code } = JSON.parse(text) as { code?: string }
  return code !== undefined && taken.has(code) ? { ...plain, refused: 'name-taken' } : plain
}
