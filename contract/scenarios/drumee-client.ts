import { drumee } from '../drumee/driver.ts'
import {
  type Entry,
  type FaceClient,
  isRefusal,
  type Person,
  type Refusal,
  refusal,
} from './client.ts'

type Item = {
  nid: string
  filename: string
  ext?: string
  filetype: string
  filesize?: number
  hub_id: string
}
type Call = (service: string, fields: Record<string, unknown>) => Promise<unknown | Refusal>
type Spot = { readonly nid: string; readonly hub_id: string }

/** Drumee's services as the web client calls them: hubs from the desk, nodes by nid. */
export const drumeeClient: FaceClient = {
  name: 'drumee',
  speaksInPaths: false,
  async signIn(url, login, password) {
    const headers = await drumee.signIn(url, login, password)
    const call: Call = async (service, fields) => {
      const response = await fetch(`${url}/-/svc/${service}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(fields),
      })
      const text = await response.text()
      if (!response.ok) return refusedBy(response.status, text)
      return (JSON.parse(text) as { data: unknown }).data
    }
    const desk = await call('desk.get_env', {})
    if (isRefusal(desk)) throw new Error(`no desk for ${login}: ${desk.text}`)
    const { hub_id, home_id } = desk as { hub_id: string; home_id: string }
    return person(url, headers, call, { hub_id, nid: home_id })
  },
}

function person(url: string, headers: Record<string, string>, call: Call, home: Spot): Person {
  const find = finder(call, home)
  return {
    async makeFolder(path) {
      const parent = await find(path.slice(0, -1))
      if (isRefusal(parent)) return parent
      const fields = { hub_id: parent.hub_id, pid: parent.nid, dirname: path.at(-1) }
      return refusalIn(await call('media.make_dir', fields))
    },
    async upload(path, bytes, options) {
      const parent = await find(path.slice(0, -1))
      if (isRefusal(parent)) return parent
      return upload(url, headers, parent, path.at(-1) ?? '', bytes, options?.replace ?? false)
    },
    async download(path, range) {
      const node = await find(path)
      if (isRefusal(node)) return node
      const address = `${url}/-/svc/media.orig?nid=${node.nid}&hub_id=${node.hub_id}`
      const ranged = range ? { range: `bytes=${range.start}-${range.end}` } : {}
      const response = await fetch(address, { headers: { ...headers, ...ranged } })
      if (response.ok) return Buffer.from(await response.arrayBuffer())
      return refusal(response.status, await response.text())
    },
    async list(path) {
      const parent = await find(path)
      return isRefusal(parent) ? parent : entries(call, parent)
    },
    async rename(path, name) {
      const node = await find(path)
      if (isRefusal(node)) return node
      const ending = /\.[^.]+$/.exec(path.at(-1) ?? '')?.[0]
      const stem = ending && name.endsWith(ending) ? name.slice(0, -ending.length) : name
      return refusalIn(await call('media.rename', { ...node, filename: stem }))
    },
    move: (path, folder) => transfer(call, find, 'media.move', path, folder),
    copy: (path, folder) => transfer(call, find, 'media.copy', path, folder),
    async remove(path) {
      const node = await find(path)
      return isRefusal(node) ? node : refusalIn(await call('media.trash', { ...node }))
    },
    async signOut() {
      await call('drumate.logout', { hub_id: home.hub_id })
    },
  }
}

/** Drumee says 403 to nobody in particular too; its envelope tells whether a session is there. */
function refusedBy(status: number, text: string): Refusal {
  const plain = refusal(status, text)
  const offline = status === 403 && text.includes('"__status__":"offline"')
  return offline ? { ...plain, refused: 'unauthenticated' } : plain
}

const refusalIn = (answer: unknown): Refusal | undefined => (isRefusal(answer) ? answer : undefined)
const nameOf = ({ filename, ext }: Item) => (ext ? `${filename}.${ext}` : filename)

type Find = (path: readonly string[]) => Promise<Spot | Refusal>

function finder(call: Call, home: Spot): Find {
  return async (path) => {
    const [first, ...rest] = path
    let at: Spot | Refusal = home
    for (const name of first === '~' ? rest : path) {
      const items = await listAll(call, at)
      if (isRefusal(items)) return items
      const key = name.normalize('NFC')
      const found: Item | undefined = items.find((item) => nameOf(item) === key)
      if (!found) return refusal(404, `${name} is not listed`)
      at = { nid: found.nid, hub_id: found.hub_id }
    }
    return at
  }
}

/** The desk shows the home and the hubs beside it; everything else is listed by its nid. */
async function listAll(call: Call, at: Spot): Promise<Item[] | Refusal> {
  const all: Item[] = []
  for (let page = 1; ; page++) {
    const items = await call('media.show_node_by', { ...at, page })
    if (isRefusal(items)) return items
    all.push(...(items as Item[]))
    if ((items as Item[]).length < 45) return all
  }
}

async function entries(call: Call, at: Spot): Promise<Entry[] | Refusal> {
  const items = await listAll(call, at)
  if (isRefusal(items)) return items
  return items.map((item) => ({
    name: nameOf(item),
    kind: item.filetype === 'hub' ? 'room' : item.filetype === 'folder' ? 'folder' : 'file',
    size: item.filesize ?? 0,
  }))
}

async function upload(
  url: string,
  headers: Record<string, string>,
  parent: Spot,
  name: string,
  bytes: Uint8Array,
  replace: boolean,
): Promise<Refusal | undefined> {
  const filename = name.isWellFormed() ? encodeURI(name) : name
  const facts = { filename, filesize: bytes.length, ...parent, replace: replace ? 1 : 0 }
  const response = await fetch(`${url}/-/svc/media.upload`, {
    method: 'POST',
    headers: {
      ...headers,
      'content-type': 'application/octet-stream',
      'x-param-xia-data': encodeHeader(JSON.stringify(facts)),
    },
    body: bytes as Uint8Array<ArrayBuffer>,
  })
  const text = await response.text()
  return response.ok ? undefined : refusal(response.status, text)
}

/**
 * Percent-encodes for a header; lone surrogates stay escaped in the JSON, as `JSON.stringify` does.
 */
function encodeHeader(text: string): string {
  return encodeURIComponent(text)
}

async function transfer(
  call: Call,
  find: Find,
  service: 'media.move' | 'media.copy',
  path: readonly string[],
  folder: readonly string[],
): Promise<Refusal | undefined> {
  const node = await find(path)
  if (isRefusal(node)) return node
  const target = await find(folder)
  if (isRefusal(target)) return target
  const fields = { ...node, pid: target.nid, recipient_id: target.hub_id }
  return refusalIn(await call(service, fields))
}
