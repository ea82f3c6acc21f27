import { nameKey } from '../../lib/names/name-key.ts'
import type { Node } from './node.ts'

/** What a copy that is made piece by piece lacks, and has too much. */
export type TreeGap = {
  /** Rows of the source, parents before children. */
  readonly missing: readonly Node[]
  /** Rows of the copy, each the topmost of what goes with it. */
  readonly stale: readonly Node[]
  /** Containers of the source and what they are in the copy. */
  readonly containers: ReadonlyMap<number, number>
  /** Rows of the source that are in the copy, and that there are. */
  readonly done: number
  readonly total: number
}

/**
 * Compares two trees by their names: rows with parents before children, the roots first. `isOurs`
 * says of a row of the copy that it was copied and nobody has changed it since. What somebody else
 * put or changed there stays, and stands for what the source has under that name.
 */
export function treeGap(
  source: readonly Node[],
  copy: readonly Node[],
  isOurs: (row: Node) => boolean,
): TreeGap {
  const [root, ...rows] = source
  const [copyRoot] = copy
  if (!root || !copyRoot) throw new Error('a tree has a root')
  const children = byNames(copy)
  const loose = looseRows(copy, isOurs)
  const containers = new Map([[root.id, copyRoot.id]])
  const lacking = new Set<number>()
  const kept = new Set([copyRoot.id])
  const missing: Node[] = []
  for (const row of rows) {
    const parentId = row.parentId ?? 0
    const into = containers.get(parentId)
    const found = into === undefined ? undefined : children.get(into)?.get(nameKey(row.name))
    if (lacking.has(parentId) || (into !== undefined && isMissing(row, found, loose))) {
      lacking.add(row.id)
      missing.push(row)
    } else if (found) {
      kept.add(found.id)
      if (isContainer(row) && isContainer(found)) containers.set(row.id, found.id)
    }
  }
  const stale = copy.filter((row) => {
    return !kept.has(row.id) && kept.has(row.parentId ?? 0) && loose.has(row.id)
  })
  const total = source.length
  return { missing, stale, containers, done: total - missing.length, total }
}

function isMissing(row: Node, found: Node | undefined, loose: ReadonlySet<number>): boolean {
  return found === undefined || (!isSame(row, found) && loose.has(found.id))
}

function isSame(row: Node, found: Node): boolean {
  if (isContainer(row) || isContainer(found)) return isContainer(row) && isContainer(found)
  return row.content?.blobId === found.content?.blobId
}

function isContainer({ kind }: Node): boolean {
  return kind === 'room' || kind === 'folder'
}

function byNames(rows: readonly Node[]): Map<number, Map<string, Node>> {
  const all = new Map<number, Map<string, Node>>()
  for (const row of rows) {
    const siblings = all.get(row.parentId ?? 0) ?? new Map<string, Node>()
    all.set(row.parentId ?? 0, siblings.set(nameKey(row.name), row))
  }
  return all
}

/** Ours with all that is below, so that nothing of anybody else's would go with them. */
function looseRows(rows: readonly Node[], isOurs: (row: Node) => boolean): Set<number> {
  const held = new Set<number>()
  const loose = new Set<number>()
  for (const row of rows.toReversed()) {
    if (isOurs(row) && !held.has(row.id)) loose.add(row.id)
    else held.add(row.parentId ?? 0)
  }
  return loose
}
