import { nodeCode } from '../../server/faces/drumee/ids.ts'
import type { Change, Journal } from './journal.ts'
import { answered, ask, folderOf, idOf, type Lane, nameOf } from './lane.ts'
import type { Random } from './random.ts'

/** A change as a client makes it: calls in a row, of which some may have been answered already. */
export type Operation = {
  readonly kind: Kind
  readonly change: Change
  readonly steps: readonly Step[]
  /** Steps that were answered. */
  done: number
  /** Of uploads in several calls: which, and how many bytes are stored after each step. */
  readonly upload?: Upload
}

type Step = (url: string) => Promise<void>

export type Upload = {
  id: number
  /** The path of its address. */
  path: string
  readonly stored: readonly number[]
}

export type Kind =
  | 'one-call-small'
  | 'one-call-row'
  | 'one-call-large'
  | 'small-upload'
  | 'large-upload'
  | 'overwrite'
  | 'move'
  | 'delete'
  | 'share'

/** One of each, without the one that only fills the log. */
export const kinds: readonly Kind[] = [
  'one-call-small',
  'one-call-large',
  'small-upload',
  'large-upload',
  'overwrite',
  'move',
  'delete',
  'share',
]

/** More than a row takes (STRONGROOM_SMALL_FILE_BYTES), so that it becomes objects. */
const largeBytes = 66_000
/** A row, where STRONGROOM_SMALL_FILE_BYTES allows it. */
const rowBytes = 900_000

/** Shares are made on a file of this name, which no other operation touches. */
export const sharedName = 'shared'

/** Files that an operation of this kind may be about; undefined for one that needs none. */
export function candidates(kind: Kind, { files }: Journal): string[] | undefined {
  const isShared = (path: string) => nameOf(path) === sharedName
  if (kind === 'share') return [...files.keys()].filter(isShared)
  if (kind !== 'overwrite' && kind !== 'move' && kind !== 'delete') return undefined
  return [...files.keys()].filter((path) => !isShared(path))
}

/**
 * A new operation. `name` is of its own; `old` is the path of a file that is there, for the kinds
 * that need one.
 */
export function operationOf(
  kind: Kind,
  lane: Lane,
  random: Random,
  { name, old = '' }: { readonly name: string; readonly old?: string },
): Operation {
  const small = () => random.bytes(random.below(3000) + 1)
  const large = () => random.bytes(largeBytes + random.below(8000))
  const path = `${'AB'[random.below(2)]}/${name}`
  switch (kind) {
    case 'one-call-small':
      return oneCall(kind, lane, path, small())
    case 'one-call-row':
      return oneCall(kind, lane, path, random.bytes(rowBytes))
    case 'one-call-large':
      return oneCall(kind, lane, path, large())
    case 'small-upload':
      return upload(kind, lane, path, [small()])
    case 'large-upload':
      return upload(kind, lane, path, [large(), large(), small()])
    case 'overwrite':
      return upload(kind, lane, old, [random.below(2) ? small() : large()])
    case 'move':
      return move(lane, old)
    case 'delete':
      return remove(lane, old)
    case 'share':
      return share(lane, old, name)
  }
}

/** Goes on where the last answer was. Throws Unanswered where an answer does not come. */
export async function goOn(operation: Operation, url: string): Promise<void> {
  while (operation.done < operation.steps.length) {
    await operation.steps[operation.done]!(url)
    operation.done++
  }
}

/** Drumee's upload: everything in one call. */
function oneCall(kind: Kind, lane: Lane, path: string, bytes: Buffer): Operation {
  const step: Step = async (url) => {
    const about = {
      nid: nodeCode(folderOf(lane, path)),
      filename: encodeURI(nameOf(path)),
      filesize: bytes.length,
    }
    const headers = {
      ...lane.signed.drumee,
      'content-type': 'application/octet-stream',
      'x-param-xia-data': encodeURI(JSON.stringify(about)),
    }
    const call = { method: 'POST', path: '/-/svc/media.upload', headers, bytes }
    const { data } = await answered<{ data: { nid: string } }>(url, lane, call)
    // Both APIs name a file that has one version by the same number.
    lane.ids.set(path, Number.parseInt(data.nid.slice(2), 16))
  }
  return { kind, change: { put: path, bytes }, steps: [step], done: 0 }
}

/** DRACOON's upload: a channel, chunks, the completion. Every step can be made again. */
function upload(kind: Kind, lane: Lane, path: string, chunks: readonly Buffer[]): Operation {
  const bytes = Buffer.concat(chunks)
  const ends = chunks.map((_, at) => Buffer.concat(chunks.slice(0, at + 1)).length)
  const channel: Upload = { id: 0, path: '', stored: [0, ...ends] }
  const open: Step = async (url) => {
    const wanted = { parentId: folderOf(lane, path), name: nameOf(path), size: bytes.length }
    type Channel = { uploadId: string; uploadUrl: string }
    const made = await ask<Channel>(url, lane, 'POST', '/nodes/files/uploads', wanted)
    channel.id = Number(made.uploadId)
    channel.path = new URL(made.uploadUrl).pathname
  }
  const puts = chunks.map((chunk, at): Step => {
    const start = channel.stored[at]!
    const range = `bytes ${start}-${start + chunk.length - 1}/${bytes.length}`
    const headers = { 'content-type': 'application/octet-stream', 'content-range': range }
    return async (url) => {
      await answered(url, lane, { method: 'POST', path: channel.path, headers, bytes: chunk })
    }
  })
  const complete: Step = async (url) => {
    const json = { resolutionStrategy: kind === 'overwrite' ? 'overwrite' : 'fail' }
    const call = { method: 'PUT', path: channel.path, json }
    lane.ids.set(path, (await answered<{ id: number }>(url, lane, call)).id)
  }
  const steps = [open, ...puts, complete]
  return { kind, change: { put: path, bytes }, steps, done: 0, upload: channel }
}

function move(lane: Lane, from: string): Operation {
  const to = `${from.startsWith('A') ? 'B' : 'A'}${from.slice(1)}`
  const step: Step = async (url) => {
    const id = idOf(lane, from)
    const json = { items: [{ id }], resolutionStrategy: 'fail' }
    await ask(url, lane, 'POST', `/nodes/${folderOf(lane, to)}/move_to`, json)
    lane.ids.delete(from)
    lane.ids.set(to, id)
  }
  return { kind: 'move', change: { move: from, to }, steps: [step], done: 0 }
}

function remove(lane: Lane, path: string): Operation {
  const step: Step = async (url) => {
    await ask(url, lane, 'DELETE', `/nodes/${idOf(lane, path)}`)
    lane.ids.delete(path)
  }
  return { kind: 'delete', change: { remove: path }, steps: [step], done: 0 }
}

function share(lane: Lane, path: string, name: string): Operation {
  const step: Step = async (url) => {
    await ask(url, lane, 'POST', '/shares/downloads', { nodeId: idOf(lane, path), name })
  }
  return { kind: 'share', change: { share: name }, steps: [step], done: 0 }
}
