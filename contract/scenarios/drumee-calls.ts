import { type Entry, isRefusal, type Path, type Refusal, refusal } from './client.ts'

export type Item = {
  nid: string
  filename: string
  ext?: string
  filetype: string
  filesize?: number
  hub_id: string
}
export type Spot = { readonly nid: string; readonly hub_id: string }

export type DrumeeCalls = {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly call: (service: string, fields: Record<string, unknown>) => Promise<unknown | Refusal>
}

/** Drumee as somebody with a desk has it. */
export type Drumee = DrumeeCalls & {
  readonly home: Spot
  readonly find: (path: Path) => Promise<Spot | Refusal>
}

/** Calls of Drumee's services with these headers. */
export function drumeeCalls(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): DrumeeCalls {
  return {
    url,
    headers,
    async call(service, fields) {
      const response = await fetch(`${url}/-/svc/${service}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(fields),
      })
      const text = await response.text()
      if (!response.ok) return refusedBy(response.status, text)
      return (JSON.parse(text) as { data: unknown }).data
    },
  }
}

/** Drumee says 403 to nobody in particular too; its envelope tells whether a session is there. */
function refusedBy(status: number, text: string): Refusal {
  const plain = refusal(status, text)
  const offline = status === 403 && text.includes('"__status__":"offline"')
  return offline ? { ...plain, refused: 'unauthenticated' } : plain
}

export const refusalIn = (answer: unknown): Refusal | undefined =>
  isRefusal(answer) ? answer : undefined
export const nameOf = ({ filename, ext }: Item) => (ext ? `${filename}.${ext}` : filename)

/** The desk shows the home and the hubs beside it; everything else is listed by its nid. */
export function withDesk(calls: DrumeeCalls, home: Spot): Drumee {
  const find = (path: Path) => spotBelow(calls, home, path[0] === '~' ? path.slice(1) : path)
  return { ...calls, home, find }
}

export async function spotBelow(
  calls: DrumeeCalls,
  top: Spot,
  names: Path,
): Promise<Spot | Refusal> {
  let at = top
  for (const name of names) {
    const items = await listAll(calls, at)
    if (isRefusal(items)) return items
    const key = name.normalize('NFC')
    const found: Item | undefined = items.find((item) => nameOf(item) === key)
    if (!found) return refusal(404, `${name} is not listed`)
    at = { nid: found.nid, hub_id: found.hub_id }
  }
  return at
}

async function listAll({ call }: DrumeeCalls, at: Spot): Promise<Item[] | Refusal> {
  const all: Item[] = []
  for (let page = 1; ; page++) {
    const items = await call('media.show_node_by', { ...at, page })
    if (isRefusal(items)) return items
    all.push(...(items as Item[]))
    if ((items as Item[]).length < 45) return all
  }
}

export async function entries(calls: DrumeeCalls, at: Spot): Promise<Entry[] | Refusal> {
  const items = await listAll(calls, at)
  if (isRefusal(items)) return items
  return items.map((item) => ({
    name: nameOf(item),
    kind: item.filetype === 'hub' ? 'room' : item.filetype === 'folder' ? 'folder' : 'file',
    size: item.filesize ?? 0,
  }))
}

export async function bytesOf(
  { url, headers }: DrumeeCalls,
  { nid, hub_id }: Spot,
  range?: { start: number; end: number },
): Promise<Buffer | Refusal> {
  const ranged = range ? { range: `bytes=${range.start}-${range.end}` } : {}
  const address = `${url}/-/svc/media.orig?nid=${nid}&hub_id=${hub_id}`
  const response = await fetch(address, { headers: { ...headers, ...ranged } })
  if (response.ok) return Buffer.from(await response.arrayBuffer())
  return refusal(response.status, await response.text())
}

export async function uploadInto(
  { url, headers }: DrumeeCalls,
  parent: Spot,
  { name, replace = false }: { readonly name: string; readonly replace?: boolean | undefined },
  bytes: Uint8Array,
): Promise<Refusal | undefined> {
  const filename = name.isWellFormed() ? encodeURI(name) : name
  const facts = { filename, filesize: bytes.length, ...parent, replace: replace ? 1 : 0 }
  const response = await fetch(`${url}/-/svc/media.upload`, {
    method: 'POST',
    headers: {
      ...headers,
      'content-type': 'application/octet-stream',
      // Lone surrogates stay escaped in the JSON.
      'x-param-xia-data': encodeURIComponent(JSON.stringify(facts)),
    },
    body: bytes as Uint8Array<ArrayBuffer>,
  })
  const text = await response.text()
  return response.ok ? undefined : refusal(response.status, text)
}
