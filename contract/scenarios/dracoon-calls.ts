import { type Entry, isRefusal, type Path, type Refusal, refusal } from './client.ts'

export type Wire = { id: number; name: string; type: 'room' | 'folder' | 'file'; size?: number }
export type Call = (method: string, path: string, body?: unknown) => Promise<Response>

/** Calls of DRACOON's API with these headers. */
export function dracoonCall(url: string, headers: Readonly<Record<string, string>> = {}): Call {
  return (method, path, body) =>
    fetch(`${url}/api/v4${path}`, {
      method,
      headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
}

export type Find = (path: Path) => Promise<Wire | Refusal>

export function finder(call: Call, homeId: number | undefined): Find {
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

function wires(call: Call, parentId: number): Promise<Wire[] | Refusal> {
  return pages<Wire>(call, `/nodes?parent_id=${parentId}`)
}

/** All items of a list that is paged. */
export async function pages<Item>(call: Call, path: string): Promise<Item[] | Refusal> {
  const items: Item[] = []
  for (;;) {
    const response = await call('GET', `${path}&limit=500&offset=${items.length}`)
    if (!response.ok) return refused(response)
    const page = (await response.json()) as { items: Item[]; range: { total: number } }
    items.push(...page.items)
    if (items.length >= page.range.total || page.items.length === 0) return items
  }
}

export async function children(call: Call, parentId: number): Promise<Entry[] | Refusal> {
  const found = await wires(call, parentId)
  if (isRefusal(found)) return found
  return found.map(({ name, type, size }) => ({ name, kind: type, size: size ?? 0 }))
}

export async function refusedBy(response: Response): Promise<Refusal | undefined> {
  if (!response.ok) return refused(response)
  await response.arrayBuffer()
  return undefined
}

export async function refused(response: Response): Promise<Refusal> {
  return refusal(response.status, await response.text())
}
