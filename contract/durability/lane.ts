import { fileLine, type Journal, shareLine } from './journal.ts'
import { type Answer, type Call, type Signed, send, signIn, success } from './wire.ts'

/** One client with two folders that nobody else touches; its operations follow one another. */
export type Lane = {
  readonly signed: Signed
  readonly homeId: number
  /** Of A and B. */
  readonly folders: Readonly<Record<string, number>>
  /** DRACOON's present id of each file, by path. */
  readonly ids: Map<string, number>
  /** Told every whole answer, at once. */
  readonly onAnswer?: (answer: Answer) => void
}

type Node = {
  readonly id: number
  readonly name: string
  readonly type: string
  readonly size: number
  readonly hash?: string
  readonly cntFiles: number
}
type List<T> = { readonly range: { readonly total: number }; readonly items: readonly T[] }

/** Signs in and makes the folders `<name> A` and `<name> B` in the home. */
export async function openLane(
  url: string,
  name: string,
  onAnswer?: (answer: Answer) => void,
): Promise<Lane> {
  const signed = await signIn(url)
  const lane: Lane = { signed, homeId: 0, folders: {}, ids: new Map(), onAnswer }
  const { homeRoomId } = await ask<{ homeRoomId: number }>(url, lane, 'GET', '/user/account')
  const makeFolder = async (letter: string) => {
    const folder = { parentId: homeRoomId, name: `${name} ${letter}` }
    return (await ask<Node>(url, lane, 'POST', '/nodes/folders', folder)).id
  }
  const folders = { A: await makeFolder('A'), B: await makeFolder('B') }
  return { ...lane, homeId: homeRoomId, folders }
}

/** One call of DRACOON's API that must succeed. Throws Unanswered. */
export async function ask<T>(
  url: string,
  lane: Lane,
  method: string,
  path: string,
  json?: unknown,
): Promise<T> {
  const call = { method, path: `/api/v4${path}`, headers: lane.signed.dracoon, json }
  return answered<T>(url, lane, call)
}

export async function answered<T>(url: string, lane: Lane, call: Call): Promise<T> {
  const answer = await send(url, call)
  lane.onAnswer?.(answer)
  return success<T>(call, answer)
}

export function folderOf(lane: Lane, path: string): number {
  const id = lane.folders[path.split('/')[0] ?? '']
  if (id === undefined) throw new Error(`no folder for ${path}`)
  return id
}

export function nameOf(path: string): string {
  return path.slice(path.indexOf('/') + 1)
}

export function idOf(lane: Lane, path: string): number {
  const id = lane.ids.get(path)
  if (id === undefined) throw new Error(`no id of ${path}`)
  return id
}

/**
 * What the server shows of the lane, as lines like those of the journal. Counts and sizes that are
 * kept beside the lists must agree with them. Learns the ids anew.
 */
export async function observed(url: string, lane: Lane): Promise<string[]> {
  const lines: string[] = []
  const { items: folders } = await list<Node>(url, lane, `/nodes?parent_id=${lane.homeId}&`)
  lane.ids.clear()
  for (const [letter, id] of Object.entries(lane.folders)) {
    const { items } = await list<Node>(url, lane, `/nodes?parent_id=${id}&`)
    const size = items.reduce((sum, item) => sum + item.size, 0)
    const shown = folders.find((folder) => folder.id === id)
    if (shown?.cntFiles !== items.length || shown.size !== size) {
      const found = `${shown?.cntFiles} files of ${shown?.size} bytes`
      throw new Error(`folder ${letter} says ${found}, but lists ${items.length} of ${size}`)
    }
    for (const item of items) {
      lane.ids.set(`${letter}/${item.name}`, item.id)
      lines.push(fileLine(`${letter}/${item.name}`, item.size, item.hash ?? 'no hash'))
    }
  }
  const shares = await list<{ name: string }>(url, lane, '/shares/downloads?')
  return [...lines, ...shares.items.map(({ name }) => shareLine(name))].sort()
}

async function list<T>(url: string, lane: Lane, path: string): Promise<List<T>> {
  const page = await ask<List<T>>(url, lane, 'GET', `${path}limit=500`)
  if (page.range.total !== page.items.length) {
    throw new Error(`${path} counts ${page.range.total} and lists ${page.items.length}`)
  }
  return page
}

/** Downloads what the journal has at these paths and compares it byte for byte. */
export async function compareBytes(
  url: string,
  lane: Lane,
  { files }: Journal,
  paths: Iterable<string> = files.keys(),
): Promise<void> {
  for (const path of paths) {
    const wanted = files.get(path)
    if (!wanted) continue
    const place = `/nodes/files/${idOf(lane, path)}/downloads`
    const { downloadUrl } = await ask<{ downloadUrl: string }>(url, lane, 'POST', place)
    const { status, body } = await send(url, { method: 'GET', path: new URL(downloadUrl).pathname })
    if (status === 200 && body.equals(wanted)) continue
    throw new Error(`${path} is not what was stored (${status}, ${body.length} bytes)`)
  }
}
