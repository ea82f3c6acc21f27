import type { Node, NodeKind } from '../nodes/node.ts'
import type { Version } from '../nodes/node-store.ts'
import type { Person } from '../users/user.ts'

/**
 * One thing in the trash of a room: a folder that was deleted, or one version of a file, which was
 * deleted or superseded. What went along with a deleted folder is no entry of its own.
 */
export type TrashEntry = {
  /** The id of the version; a folder's own id. */
  readonly id: number
  /** The row as it lies there: `deletedAt` is null where the file lives on in a newer version. */
  readonly node: Node
  /** null for folders. */
  readonly version: Version | null
  readonly deletedAt: number
  readonly deletedBy: number | null
}

/** Entries of one name and kind in one container, as one row. */
export type TrashGroup = {
  readonly parentId: number
  readonly kind: Extract<NodeKind, 'folder' | 'file'>
  /** As the newest of them is called. */
  readonly name: string
  readonly versions: number
  readonly firstDeletedAt: number
  readonly lastDeletedAt: number
  /** `TrashEntry.id` of the newest, and the lasting id of its node. */
  readonly lastId: number
  readonly lastNodeId: number
  readonly clientCreatedAt: number | null
  readonly clientModifiedAt: number | null
}

/** Names from the top room down to the container, itself the last. */
export type TrashPath = readonly string[]

export type TrashEntryView = TrashEntry & {
  readonly parentPath: TrashPath
  readonly createdByPerson: Person
  readonly updatedByPerson: Person
  readonly deletedByPerson: Person
  /** The node's own or its room's classification. */
  readonly classification: number | null
}

export type TrashGroupView = TrashGroup & { readonly parentPath: TrashPath }
