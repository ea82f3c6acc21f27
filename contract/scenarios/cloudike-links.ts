import type { LinkRef, Links, Path, Refusal, Visitor } from './client.ts'
import {
  type CloudikeCalls,
  cloudikeCalls,
  encoded,
  type Meta,
  md5,
  place,
  presentEntry,
  refused,
  refusedBy,
  type Slot,
  sendForm,
} from './cloudike-calls.ts'

/** A path has one link, which is named by its path where it ends. */
export function cloudikeLinks({ post }: CloudikeCalls): Omit<Links, 'makeBox'> {
  return {
    async makeLink(path, kind, { password, hours = 0 } = {}) {
      const terms = { password, ttl: hours * 3600, upload_folder: kind === 'upload' }
      const body = { path: place(path), ...terms }
      const made = await post('/links/create/', body)
      if (!made.ok) return refused(made)
      return ((await made.json()) as { public_hash: string }).public_hash
    },
    endLink: async (path) => refusedBy(await post('/links/delete/', { path: place(path) })),
  }
}

/** The password comes with every call; nothing is entered for good. */
export async function cloudikeVisitor(
  url: string,
  { token, kind }: LinkRef,
  password?: string,
): Promise<Visitor | Refusal> {
  const { get, post } = cloudikeCalls(url)
  const query = password ? `?password=${encodeURIComponent(password)}` : ''
  const listed = (path: Path) => get(`/links/metadata/${token}${encoded(path)}${query}`)
  const entered = kind === 'download' ? await listed([]) : await get(`/links/info/${token}/`)
  if (!entered.ok) return refused(entered)
  return {
    async list(path) {
      const response = await listed(path)
      if (!response.ok) return refused(response)
      return ((await response.json()) as { content: Meta[] }).content.map(presentEntry)
    },
    async download(path) {
      const asked = await get(`/links/get/${token}${encoded(path)}${query}`)
      if (!asked.ok) return refused(asked)
      const { url: address } = (await asked.json()) as { url: string }
      const response = await fetch(address)
      return response.ok ? Buffer.from(await response.arrayBuffer()) : refused(response)
    },
    async bring(name, bytes) {
      const wanted = { path: name, size: bytes.length, checksum: md5(bytes), password }
      const opened = await post(`/links/file_create/${token}`, wanted)
      return opened.ok ? sendForm((await opened.json()) as Slot, bytes) : refused(opened)
    },
  }
}
