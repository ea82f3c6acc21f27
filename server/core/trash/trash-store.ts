import type { Node } from '../nodes/node.ts'
import type { TrashEntry, TrashGroup } from './trash-entry.ts'

/** A closed filter of the groups of one room; all given members must hold. */
export type TrashFilter = {
  readonly kinds?: readonly ('folder' | 'file')[]
  readonly nameContains?: string
  readonly parentPathContains?: string
  readonly clientCreatedFrom?: number
  readonly clientCreatedTo?: number
  readonly clientModifiedFrom?: number
  readonly clientModifiedTo?: number
}

export type TrashGroupSort = {
  readonly by:
    | 'name'
    | 'versions'
    | 'firstDeletedAt'
    | 'lastDeletedAt'
    | 'parentPath'
    | 'clientCreatedAt'
    | 'clientModifiedAt'
  readonly descending: boolean
}

export type TrashEntrySort = {
  readonly by:
    | 'expireAt'
    | 'accessedAt'
    | 'size'
    | 'classification'
    | 'createdAt'
    | 'createdBy'
    | 'updatedAt'
    | 'updatedBy'
    | 'deletedAt'
    | 'deletedBy'
  readonly descending: boolean
}

export type TrashNodeSort = {
  readonly by: 'name' | 'size' | 'deletedAt'
  readonly descending: boolean
}

/** Which entries: those of one name (folded) and kind in one container of the room. */
export type TrashPlace = {
  readonly roomId: number
  readonly parentId: number
  readonly kind: 'folder' | 'file'
  readonly nameKey: string
}

export type TrashNodesQuery = {
  readonly roomIds: readonly number[]
  readonly kinds: readonly ('folder' | 'file')[]
  /** Only what was deleted out of this container or, at any depth, from below it. */
  readonly below?: number
  /** Only what was deleted out of this container itself. */
  readonly parentId?: number
}

type Slice = { readonly offset: number; readonly limit: number }

/** What is deleted and what was superseded. A page costs as much as the trash of its room. */
export type TrashStore = {
  /** By `TrashEntry.id`; undefined for what is live, unknown or went along with its folder. */
  findEntry(id: number): Promise<TrashEntry | undefined>
  /** A node that was deleted itself, by its lasting id; its newest version. */
  findDeleted(nodeId: number): Promise<TrashEntry | undefined>
  /** The newest node that was deleted out of this container under this folded name. */
  findNewest(parentId: number, nameKey: string): Promise<TrashEntry | undefined>
  /** A container, deleted or live. */
  findContainer(id: number): Promise<Node | undefined>
  /** From the top room down to the container, itself the last, deleted ones included. */
  waysTo(containerIds: readonly number[]): Promise<Map<number, Node[]>>
  countGroups(roomId: number, filter: TrashFilter): Promise<number>
  /** Folders first, then files, each sorted; by name where no sort is given. */
  groups(
    roomId: number,
    filter: TrashFilter,
    sort: TrashGroupSort,
    page: Slice,
  ): Promise<TrashGroup[]>
  countEntries(place: TrashPlace): Promise<number>
  entries(place: TrashPlace, sort: TrashEntrySort, page: Slice): Promise<TrashEntry[]>
  /** Nodes that were deleted themselves, without superseded versions of live files. */
  countNodes(query: TrashNodesQuery): Promise<number>
  nodes(query: TrashNodesQuery, sort: TrashNodeSort, page: Slice): Promise<TrashEntry[]>
  /** Locks a node that was deleted itself; false where it is not in the trash any more. */
  lockDeleted(nodeId: number): Promise<boolean>
  /**
   * Makes a deleted node live again below `parentId` with all that went along with it, and opens
   * its current versions; faults 'name-taken' 'node' (the transaction stays usable) and, when
   * somebody was faster, 'not-found' 'node'. Answers count and bytes of what is live again.
   */
  revive(
    nodeId: number,
    at: { parentId: number; name: string },
  ): Promise<{ nodes: number; bytes: number }>
  /** Makes this version the current one of its deleted file, before it is revived. */
  chooseVersion(entry: TrashEntry): Promise<void>
  /** Opens a superseded version again, as the current one of the node `nodeId`, with its keys. */
  reopenVersion(versionId: number, fromNodeId: number, nodeId: number): Promise<void>
  /** Removes superseded versions of one file for good, with their keys; answers the bytes. */
  removeVersions(nodeId: number, versionIds: readonly number[]): Promise<number>
  /** Rooms whose trash has an end, after this id. */
  roomsWithEnd(after: number, limit: number): Promise<Node[]>
  /** Entries of a room that came into the trash at this time or before, oldest first. */
  until(roomId: number, at: number, limit: number): Promise<TrashEntry[]>
}
