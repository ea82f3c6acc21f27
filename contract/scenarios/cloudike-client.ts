import { once } from 'node:events'
import { WebSocket } from 'ws'
import { cloudikeDriver } from '../cloudike/driver.ts'
import {
  type Entry,
  type FaceClient,
  type Files,
  isRefusal,
  knowing,
  type Path,
  type Refusal,
  type Remarks,
  refusal,
  type Searching,
  type Versions,
  type Watch,
} from './client.ts'
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
import { cloudikeLinks, cloudikeVisitor } from './cloudike-links.ts'
import { cloudikeSharing } from './cloudike-sharing.ts'

/** Cloudike's API as a web client uses it: paths from the own root, JSON bodies. */
export const cloudikeClient: FaceClient = {
  name: 'cloudike',
  speaksInPaths: true,
  async signIn(url, login, password) {
    const headers = await cloudikeDriver.signIn(url, login, password)
    const calls = cloudikeCalls(url, headers)
    return knowing('cloudike', {
      ...files(calls),
      ...cloudikeSharing(calls),
      ...cloudikeLinks(calls),
      ...remarks(calls),
      ...versions(calls),
      watch: () => watch(url, headers['mountbit-auth'] ?? ''),
    })
  },
  visit: cloudikeVisitor,
}

function files(calls: CloudikeCalls): Files & Searching {
  const { get, post } = calls
  return {
    makeFolder: async (path) =>
      refusedBy(await post('/fileops/folder_create/', { path: place(path) })),
    upload: (path, bytes, options) => upload(calls, path, bytes, options?.replace ?? false),
    async download(path, range) {
      // Without this word it gives files of the bin, too.
      const asked = await get(`/files/get${encoded(path)}?deleted=false`)
      if (!asked.ok) return refused(asked)
      const { url } = (await asked.json()) as { url: string }
      const headers: Record<string, string> = range
        ? { range: `bytes=${range.start}-${range.end}` }
        : {}
      const response = await fetch(url, { headers })
      return response.ok ? Buffer.from(await response.arrayBuffer()) : refused(response)
    },
    list: (path) => list(calls, path),
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
    async search(query) {
      const response = await post('/files/search/', { query })
      if (!response.ok) return refused(response)
      return ((await response.json()) as { content: Meta[] }).content.map(
        (meta) => presentEntry(meta).name,
      )
    },
    restore: (path) => restore(calls, path),
    // Whoever is signed in may; the old one is not asked for.
    changePassword: async (_from, password) =>
      refusedBy(await post('/accounts/change_profile/', { password })),
    async signOut() {
      await post('/accounts/logout/', {})
    },
  }
}

function remarks({ get, post }: CloudikeCalls): Remarks {
  return {
    comment: async (path, text) =>
      refusedBy(await post(`/workflow/comment${encoded(path)}`, { text })),
    async comments(path) {
      const response = await get(`/workflow/comments${encoded(path)}`)
      if (!response.ok) return refused(response)
      return ((await response.json()) as { text: string }[]).map(({ text }) => text)
    },
  }
}

type Version = { readonly version: number; readonly content: { readonly size: number } }

/** The first of the list is the current one. */
function versions({ get, post }: CloudikeCalls): Versions {
  const earlier = async (path: Path): Promise<Version[] | Refusal> => {
    const response = await get(`/files/versions${encoded(path)}`)
    return response.ok ? ((await response.json()) as Version[]).slice(1) : refused(response)
  }
  return {
    async earlier(path) {
      const all = await earlier(path)
      return isRefusal(all) ? all : all.map(({ content }) => content.size)
    },
    async bringBack(path, size) {
      const all = await earlier(path)
      if (isRefusal(all)) return all
      const version = all.find(({ content }) => content.size === size)?.version ?? 0
      return refusedBy(await post('/files/restore/', { path: place(path), version }))
    },
  }
}

async function upload(
  { post }: CloudikeCalls,
  path: Path,
  bytes: Uint8Array,
  replace: boolean,
): Promise<Refusal | undefined> {
  const opened = await post('/files/create/', {
    path: place(path),
    size: String(bytes.length),
    checksum: md5(bytes),
    overwrite: String(replace),
  })
  if (opened.status !== 200) return refusedBy(opened)
  return sendForm((await opened.json()) as Slot, bytes)
}

async function list({ get }: CloudikeCalls, path: Path): Promise<Entry[] | Refusal> {
  const response = await get(`/metadata${encoded(path)}?limit=0`)
  if (!response.ok) return refused(response)
  return ((await response.json()) as { content: Meta[] }).content.map(presentEntry)
}

type Deleted = { name: string; restore_path: string }

/** The own bin, and those of rooms and shared folders of others, which are asked for by path. */
async function restore({ get, post }: CloudikeCalls, path: Path): Promise<Refusal | undefined> {
  const isOwn = path[0] === '~'
  const bin = await get(
    isOwn ? '/trash/?limit=0' : `/trash/from_shared${encoded(path.slice(0, 1))}`,
  )
  if (!bin.ok) return refused(bin)
  const { content } = (await bin.json()) as { content: Deleted[] }
  const found = content.find((one) => one.restore_path === place(path))
  if (!found) return refusal(404, `${place(path)} is not in the bin`)
  const from = isOwn ? '' : `/from_shared${encoded(path.slice(0, -1))}`
  return refusedBy(await post(`/trash/restore/${encodeURIComponent(found.name)}${from}`, {}))
}

/** The token stands in the address; what is told comes in arrays. */
async function watch(url: string, token: string): Promise<Watch> {
  const address = `${url.replace('http', 'ws')}/subscribe/?${new URLSearchParams({ token })}`
  const socket = new WebSocket(address)
  const heard: string[] = []
  socket.on('message', (data) => {
    for (const { path } of JSON.parse(String(data)) as { path: string }[]) {
      heard.push(path.split('/').at(-1) ?? '')
    }
  })
  await once(socket, 'message')
  return { heard, stop: () => socket.close() }
}
