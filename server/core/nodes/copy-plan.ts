import type { KeyCopy } from '../keys/key-store.ts'
import type { Node, Tally } from './node.ts'
import type { NewNode, Version } from './node-store.ts'

export type CopyWish = {
  /** The node and what is below it, parents before children; what cannot be copied is left out. */
  readonly rows: readonly Node[]
  /** As many new ids in a row as there are rows, from here. */
  readonly firstId: number
  readonly target: Node
  readonly now: number
  readonly by: number | null
}

export type CopyPlan = {
  readonly root: NewNode
  readonly below: readonly NewNode[]
  readonly versions: readonly Version[]
  readonly tallies: readonly (Tally & { readonly id: number })[]
  /** Which version's keys go with which copy. */
  readonly keys: readonly KeyCopy[]
  readonly bytes: number
}

/**
 * What to write for a copy of a subtree: nodes with new ids in the boundary of the target, one
 * version for each file on the same blob, the counters of every container. Old versions, links and
 * grants are not copied: of a shared folder a folder comes. Rows whose parent is not among the rows
 * are left out.
 */
export function planCopy({ rows, firstId, target, now, by }: CopyWish): CopyPlan {
  const newIds = new Map<number, number>()
  const copies: NewNode[] = []
  const keys: KeyCopy[] = []
  const tallies = new Map<number, Counted>()
  const of = { boundaryId: target.boundaryId, encryptedBy: target.encryptedBy }
  for (const row of rows) {
    const parentId = copies.length === 0 ? target.id : newIds.get(row.parentId ?? 0)
    if (parentId === undefined) continue
    const id = firstId + copies.length
    newIds.set(row.id, id)
    if (row.kind !== 'file') tallies.set(id, { parentId, folders: 0, files: 0, size: 0 })
    copies.push(copyOf(row, { id, parentId, ...of, now, by }))
    if (row.content) keys.push(keyCopy(row.id, row.content.versionId, id))
    count(tallies, parentId, row)
  }
  const [root, ...below] = copies
  if (!root) throw new Error('a copy needs at least one row')
  return {
    root,
    below,
    versions: copies.flatMap((copy) => versionOf(copy, now, by)),
    tallies: [...tallies].map(([id, { folders, files, size }]) => ({
      ...{ id, rooms: 0, folders, files, size },
      ...{ revision: 1, listing: 1, changedAt: now },
    })),
    keys,
    bytes: copies.reduce((sum, copy) => sum + (copy.content?.size ?? 0), 0),
  }
}

export function keyCopy(nodeId: number, versionId: number, copyId: number): KeyCopy {
  return { from: { nodeId, versionId }, to: { nodeId: copyId, versionId: copyId } }
}

type Counted = { parentId: number; folders: number; files: number; size: number }

function count(tallies: Map<number, Counted>, parentId: number, row: Node): void {
  const direct = tallies.get(parentId)
  if (direct && row.kind !== 'file') direct.folders += 1
  if (direct && row.kind === 'file') direct.files += 1
  for (let above = direct; above; above = tallies.get(above.parentId)) {
    above.size += row.content?.size ?? 0
  }
}

type Anew = Pick<Node, 'id' | 'boundaryId' | 'encryptedBy'> & {
  parentId: number
  now: number
  by: number | null
}

export function copyOf(
  row: Node,
  { id, parentId, boundaryId, encryptedBy, now, by }: Anew,
): NewNode {
  const { deletedAt: _, ...facts } = row
  return {
    ...facts,
    kind: row.kind === 'file' ? 'file' : 'folder',
    room: null,
    id,
    parentId,
    boundaryId,
    encryptedBy,
    currentId: id,
    createdAt: now,
    createdBy: by,
    updatedAt: now,
    updatedBy: by,
    content: row.content && { ...row.content, versionId: id },
  }
}

export function versionOf(copy: NewNode, createdAt: number, createdBy: number | null): Version[] {
  const { id, content, clientModifiedAt } = copy
  const made = { createdAt, createdBy, supersededAt: null, clientModifiedAt }
  return content ? [{ id, nodeId: id, content, ...made }] : []
}
