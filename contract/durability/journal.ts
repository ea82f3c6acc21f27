import { createHash } from 'node:crypto'

/** What the client knows to be there: files by path ('A/name'), and the names of its shares. */
export type Journal = {
  readonly files: ReadonlyMap<string, Buffer>
  readonly shares: ReadonlySet<string>
}

/** What one whole operation does. */
export type Change =
  | { readonly put: string; readonly bytes: Buffer }
  | { readonly move: string; readonly to: string }
  | { readonly remove: string }
  | { readonly share: string }

export const emptyJournal: Journal = { files: new Map(), shares: new Set() }

export function changed(journal: Journal, change: Change): Journal {
  const files = new Map(journal.files)
  const shares = new Set(journal.shares)
  if ('put' in change) files.set(change.put, change.bytes)
  else if ('remove' in change) files.delete(change.remove)
  else if ('share' in change) shares.add(change.share)
  else {
    files.set(change.to, bytesIn(journal, change.move))
    files.delete(change.move)
  }
  return { files, shares }
}

export function bytesIn({ files }: Journal, path: string): Buffer {
  const bytes = files.get(path)
  if (!bytes) throw new Error(`the journal has no ${path}`)
  return bytes
}

/** One line for everything that is there, in order, so that two states can be compared. */
export function linesOf({ files, shares }: Journal): string[] {
  const lines = [...files].map(([path, bytes]) => fileLine(path, bytes.length, md5Of(bytes)))
  return [...lines, ...[...shares].map(shareLine)].sort()
}

export function fileLine(path: string, size: number, md5: string): string {
  return `file ${path} ${size} ${md5}`
}

export function shareLine(name: string): string {
  return `share ${name}`
}

const known = new WeakMap<Buffer, string>()

function md5Of(bytes: Buffer): string {
  const md5 = known.get(bytes) ?? createHash('md5').update(bytes).digest('hex')
  known.set(bytes, md5)
  return md5
}
