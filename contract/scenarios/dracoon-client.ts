import { dracoon } from '../dracoon/driver.ts'
import {
  type FaceClient,
  type Files,
  isRefusal,
  knowing,
  type Path,
  type Refusal,
  type Remarks,
  type Searching,
  type Versions,
} from './client.ts'
import {
  type Call,
  children,
  dracoonCall,
  type Find,
  finder,
  pages,
  refused,
  refusedBy,
  type Wire,
} from './dracoon-calls.ts'
import { dracoonLinks, dracoonVisitor } from './dracoon-links.ts'
import { dracoonSharing } from './dracoon-sharing.ts'

/** DRACOON's API as a scripting client uses it: ids found by listing, classic uploads. */
export const dracoonClient: FaceClient = {
  name: 'dracoon',
  speaksInPaths: false,
  async signIn(url, login, password) {
    const call = dracoonCall(url, await dracoon.signIn(url, login, password))
    const account = (await (await call('GET', '/user/account')).json()) as { homeRoomId?: number }
    const find = finder(call, account.homeRoomId)
    return knowing('dracoon', {
      ...files(call, find),
      ...dracoonSharing(call, find),
      ...dracoonLinks(call, find),
      ...remarks(call, find),
      ...versions(call, find),
    })
  },
  visit: dracoonVisitor,
}

function files(call: Call, find: Find): Files & Searching {
  return {
    async makeFolder(path) {
      const parent = await find(path.slice(0, -1))
      if (isRefusal(parent)) return parent
      return refusedBy(
        await call('POST', '/nodes/folders', { parentId: parent.id, name: path.at(-1) }),
      )
    },
    upload: (path, bytes, options) => upload(call, find, path, bytes, options?.replace ?? false),
    async download(path, range) {
      const node = await find(path)
      if (isRefusal(node)) return node
      return download(call, node.id, range)
    },
    async list(path) {
      const parent = await find(path)
      return isRefusal(parent) ? parent : children(call, parent.id)
    },
    async rename(path, name) {
      const node = await find(path)
      if (isRefusal(node)) return node
      return refusedBy(await call('PUT', `/nodes/${node.type}s/${node.id}`, { name }))
    },
    move: (path, folder) => transfer(call, find, 'move_to', path, folder),
    copy: (path, folder) => transfer(call, find, 'copy_to', path, folder),
    async remove(path) {
      const node = await find(path)
      return isRefusal(node) ? node : refusedBy(await call('DELETE', `/nodes/${node.id}`))
    },
    async search(text) {
      const query = `search_string=${encodeURIComponent(text)}&depth_level=-1&parent_id=0`
      const found = await pages<Wire>(call, `/nodes/search?${query}`)
      return isRefusal(found) ? found : found.map(({ name }) => name)
    },
    restore: (path) => restore(call, find, path),
    changePassword: async (oldPassword, newPassword) =>
      refusedBy(await call('PUT', '/user/account/password', { oldPassword, newPassword })),
    async signOut() {
      await call('POST', '/user/logout')
    },
  }
}

function remarks(call: Call, find: Find): Remarks {
  return {
    async comment(path, text) {
      const node = await find(path)
      if (isRefusal(node)) return node
      return refusedBy(await call('POST', `/nodes/${node.id}/comments`, { text }))
    },
    async comments(path) {
      const node = await find(path)
      if (isRefusal(node)) return node
      const said = await pages<{ text: string }>(call, `/nodes/${node.id}/comments?`)
      return isRefusal(said) ? said : said.map(({ text }) => text)
    },
  }
}

async function upload(
  call: Call,
  find: Find,
  path: Path,
  bytes: Uint8Array,
  replace: boolean,
): Promise<Refusal | undefined> {
  const parent = await find(path.slice(0, -1))
  if (isRefusal(parent)) return parent
  const channel = { parentId: parent.id, name: path.at(-1), size: bytes.length }
  const opened = await call('POST', '/nodes/files/uploads', channel)
  if (!opened.ok) return refused(opened)
  const { uploadUrl } = (await opened.json()) as { uploadUrl: string }
  const sent = await fetch(uploadUrl, { method: 'POST', body: bytes as Uint8Array<ArrayBuffer> })
  if (!sent.ok) return refused(sent)
  await sent.arrayBuffer()
  return refusedBy(
    await fetch(uploadUrl, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ resolutionStrategy: replace ? 'overwrite' : 'fail' }),
    }),
  )
}

async function download(
  call: Call,
  id: number,
  range: { start: number; end: number } | undefined,
): Promise<Buffer | Refusal> {
  const asked = await call('POST', `/nodes/files/${id}/downloads`)
  if (!asked.ok) return refused(asked)
  const { downloadUrl } = (await asked.json()) as { downloadUrl: string }
  const headers: Record<string, string> = range
    ? { range: `bytes=${range.start}-${range.end}` }
    : {}
  const response = await fetch(downloadUrl, { headers })
  if (!response.ok) return refused(response)
  return Buffer.from(await response.arrayBuffer())
}

async function transfer(
  call: Call,
  find: Find,
  action: 'move_to' | 'copy_to',
  path: Path,
  folder: Path,
): Promise<Refusal | undefined> {
  const node = await find(path)
  if (isRefusal(node)) return node
  const target = await find(folder)
  if (isRefusal(target)) return target
  const body = { items: [{ id: node.id }], resolutionStrategy: 'fail' }
  return refusedBy(await call('POST', `/nodes/${target.id}/${action}`, body))
}

type Earlier = { readonly id: number; readonly size: number; readonly deletedAt: string }

/** What was overwritten lies in the recycle bin. */
function versions(call: Call, find: Find): Versions {
  const earlier = async (path: Path) => {
    const parent = await find(path.slice(0, -1))
    if (isRefusal(parent)) return parent
    const wanted = `type=file&name=${encodeURIComponent(path.at(-1) ?? '')}&sort=deletedAt:desc`
    return pages<Earlier>(call, `/nodes/${parent.id}/deleted_nodes/versions?${wanted}`)
  }
  return {
    async earlier(path) {
      const all = await earlier(path)
      return isRefusal(all) ? all : all.map(({ size }) => size)
    },
    async bringBack(path, size) {
      const all = await earlier(path)
      if (isRefusal(all)) return all
      const deletedNodeIds = [all.find((one) => one.size === size)?.id ?? 0]
      const body = { deletedNodeIds, resolutionStrategy: 'overwrite' }
      return refusedBy(await call('POST', '/nodes/deleted_nodes/actions/restore', body))
    },
  }
}

type Deleted = { name: string; parentId: number; lastDeletedNodeId: number }

async function restore(call: Call, find: Find, path: Path): Promise<Refusal | undefined> {
  const parent = await find(path.slice(0, -1))
  if (isRefusal(parent)) return parent
  const room = await roomAround(find, path)
  if (isRefusal(room)) return room
  const bin = await pages<Deleted>(call, `/nodes/${room.id}/deleted_nodes?`)
  if (isRefusal(bin)) return bin
  const found = bin.find(({ name, parentId }) => name === path.at(-1) && parentId === parent.id)
  const deletedNodeIds = [found?.lastDeletedNodeId ?? 0]
  return refusedBy(await call('POST', '/nodes/deleted_nodes/actions/restore', { deletedNodeIds }))
}

/** Each room has a bin of its own. */
async function roomAround(find: Find, path: Path): Promise<Wire | Refusal> {
  const above = await find(path.slice(0, -1))
  return isRefusal(above) || above.type === 'room' ? above : roomAround(find, path.slice(0, -1))
}
