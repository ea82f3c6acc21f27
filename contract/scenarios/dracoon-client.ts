import { dracoon } from '../dracoon/driver.ts'
import {
  type Entry,
  type FaceClient,
  isRefusal,
  type Person,
  type Refusal,
  refusal,
} from './client.ts'

type Wire = { id: number; name: string; type: 'room' | 'folder' | 'file'; size?: number }
type Call = (method: string, path: string, body?: unknown) => Promise<Response>

/** DRACOON's API as a scripting client uses it: ids found by listing, classic uploads. */
export const dracoonClient: FaceClient = {
  name: 'dracoon',
  speaksInPaths: false,
  async signIn(url, login, password) {
    const headers = await dracoon.signIn(url, login, password)
    const call: Call = (method, path, body) =>
      fetch(`${url}/api/v4${path}`, {
        method,
        headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
    const account = (await (await call('GET', '/user/account')).json()) as { homeRoomId?: number }
    return person(call, account.homeRoomId)
  },
}

function person(call: Call, homeId: number | undefined): Person {
  const find = finder(call, homeId)
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
    async signOut() {
      await call('POST', '/user/logout')
    },
  }
}

type Find = (path: readonly string[]) => Promise<Wire | Refusal>

function finder(call: Call, homeId: number | undefined): Find {
  return async (path) => {
    const [first, ...rest] = path
    let at: Wire | Refusal =
      first === '~'
        ? { id: homeId ?? 0, name: '~', type: 'room' }
        : await childOf(call, 0, first ?? '')
    for (const name of rest) {
      if (isRefusal(at)) return at
      at = await childOf(call, at.id, name)
    }
    return at
  }
}

async function childOf(call: Call, parentId: number, name: string): Promise<Wire | Refusal> {
  const found = await wires(call, parentId)
  if (isRefusal(found)) return found
  const key = name.normalize('NFC')
  return found.find((node) => node.name === key) ?? refusal(404, `${name} is not listed`)
}

async function wires(call: Call, parentId: number): Promise<Wire[] | Refusal> {
  const items: Wire[] = []
  for (;;) {
    const response = await call(
      'GET',
      `/nodes?parent_id=${parentId}&limit=500&offset=${items.length}`,
    )
    if (!response.ok) return refusal(response.status, await response.text())
    const page = (await response.json()) as { items: Wire[]; range: { total: number } }
    items.push(...page.items)
    if (items.length >= page.range.total || page.items.length === 0) return items
  }
}

async function children(call: Call, parentId: number): Promise<Entry[] | Refusal> {
  const found = await wires(call, parentId)
  if (isRefusal(found)) return found
  return found.map(({ name, type, size }) => ({ name, kind: type, size: size ?? 0 }))
}

async function upload(
  call: Call,
  find: Find,
  path: readonly string[],
  bytes: Uint8Array,
  replace: boolean,
): Promise<Refusal | undefined> {
  const parent = await find(path.slice(0, -1))
  if (isRefusal(parent)) return parent
  const channel = { parentId: parent.id, name: path.at(-1), size: bytes.length }
  const opened = await call('POST', '/nodes/files/uploads', channel)
  if (!opened.ok) return refusal(opened.status, await opened.text())
  const { uploadUrl } = (await opened.json()) as { uploadUrl: string }
  const sent = await fetch(uploadUrl, { method: 'POST', body: bytes as Uint8Array<ArrayBuffer> })
  if (!sent.ok) return refusal(sent.status, await sent.text())
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
  if (!asked.ok) return refusal(asked.status, await asked.text())
  const { downloadUrl } = (await asked.json()) as { downloadUrl: string }
  const headers: Record<string, string> = range
    ? { range: `bytes=${range.start}-${range.end}` }
    : {}
  const response = await fetch(downloadUrl, { headers })
  if (!response.ok) return refusal(response.status, await response.text())
  return Buffer.from(await response.arrayBuffer())
}

async function transfer(
  call: Call,
  find: Find,
  action: 'move_to' | 'copy_to',
  path: readonly string[],
  folder: readonly string[],
): Promise<Refusal | undefined> {
  const node = await find(path)
  if (isRefusal(node)) return node
  const target = await find(folder)
  if (isRefusal(target)) return target
  const body = { items: [{ id: node.id }], resolutionStrategy: 'fail' }
  return refusedBy(await call('POST', `/nodes/${target.id}/${action}`, body))
}

async function refusedBy(response: Response): Promise<Refusal | undefined> {
  const text = await response.text()
  return response.ok ? undefined : refusal(response.status, text)
}
