import type { SearchQuery } from '../search/search-query.ts'
import type { Content, Node, NodeFilter, NodeKind, NodeSort } from './node.ts'

/** A row before it is written; `id` comes from `takeIds`. */
export type NewNode = Omit<Node, 'deletedAt'>

export type Version = {
  readonly id: number
  readonly nodeId: number
  readonly content: Content
  readonly createdAt: number
  readonly createdBy: number | null
  /** When a newer one took its place, or its file was deleted. */
  readonly supersededAt: number | null
  readonly supersededBy?: number | null
  /** Time of the source file system, as the client said with these bytes. */
  readonly clientModifiedAt?: number | null
  /** When the version was made that this one brought back. */
  readonly restoredAt?: number | null
}

/** Rooms of the tenant, whoever may see them. */
export type RoomFilter = {
  readonly nameContains?: string
  readonly ids?: readonly number[]
  readonly notIds?: readonly number[]
}

/** A folded name in a container. */
export type ChildPlace = { readonly parentId: number; readonly nameKey: string }

export type NodeChange = Partial<
  Pick<
    Node,
    | 'name'
    | 'parentId'
    | 'boundaryId'
    | 'currentId'
    | 'content'
    | 'updatedAt'
    | 'updatedBy'
    | 'clientCreatedAt'
    | 'clientModifiedAt'
    | 'notes'
    | 'classification'
    | 'expireAt'
    | 'room'
    | 'kind'
    | 'encryptedBy'
  >
>

/** What people left at a node. */
export type Marks = { readonly comments: number; readonly isFavorite: boolean }

/** Where a page starts: the sort key of the last item before it. */
export type SeekKey = { readonly values: readonly (string | number | null)[]; readonly id: number }

export type ChildrenQuery = {
  /** null: the top rooms of the tenant. */
  readonly parentId: number | null
  readonly filter: NodeFilter
  /** Kind first always (rooms and mounts, folders, files), then this. */
  readonly sort: NodeSort
  /**
   * Child rooms, and mounts by the room they show, are listed only where this user has access rows
   * in force; null lists all. Of what has expired nothing is listed.
   */
  readonly visibleTo: number | null
  readonly now: number
  /** Listed as well, wherever they lie; only beside the top rooms. */
  readonly alsoIds?: readonly number[]
}

export type SharedFoldersQuery = {
  /** Any of user, first, last name of whose home it is contains it. */
  readonly ownerNameContains?: string
  readonly offset: number
  readonly limit: number
}

export type SharedFolder = {
  readonly id: number
  /** Whose home it lies in. */
  readonly ownerId: number
  /** A guest is in it or asked, or whoever has the token of an open invitation may see it. */
  readonly isOutside: boolean
}

/**
 * Live nodes unless a function says otherwise. Deleted ones are marked on the whole subtree, so
 * that a look-up by id needs no walk upwards.
 */
export type NodeStore = {
  /**
   * Makes this transaction the only one of the tenant that moves containers or changes rooms,
   * grants or inheritance until it ends. Called before anything is read that the decision rests on.
   * SQLite has one writer anyway.
   */
  lockTree(): Promise<void>
  /**
   * Locks these rows in the order of their ids until the transaction ends and answers the live ones
   * as they are then. 'stay': they are neither moved, deleted nor removed meanwhile, others may
   * hold the same (PostgreSQL: for key share). 'change': nobody else locks them (for update).
   */
  lock(ids: readonly number[], hold: 'stay' | 'change'): Promise<Node[]>
  /**
   * Locks these nodes and every live container below them for 'change', again until no container
   * has been added meanwhile; so nothing comes into the subtrees until the transaction ends.
   * Answers the live ones of `ids`.
   */
  lockSubtrees(ids: readonly number[]): Promise<Node[]>
  /** New ids of the sequence that nodes and versions share. Never reused. */
  takeIds(count: number): Promise<number>
  find(id: number): Promise<Node | undefined>
  findByCurrent(currentId: number): Promise<Node | undefined>
  findMany(ids: readonly number[]): Promise<Node[]>
  /**
   * Lets every live file that a room governs end so many seconds after its current version came in;
   * null: never.
   */
  endFiles(roomId: number, seconds: number | null): Promise<void>
  /** Rooms that are nobody's home. */
  countRooms(filter: RoomFilter): Promise<number>
  /** By name. */
  rooms(
    filter: RoomFilter,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<Node[]>
  /** By folded name (lib/names `nameKey`). */
  findChild(parentId: number | null, nameKey: string): Promise<Node | undefined>
  /** Those of many that are there, in one statement. */
  findChildren(places: readonly ChildPlace[]): Promise<Node[]>
  /**
   * Inserts; faults 'name-taken' 'node' with data.node (the sibling's id) when the key is taken.
   * The transaction stays usable after that fault.
   */
  insert(node: NewNode): Promise<void>
  /** Inserts nodes below a parent that is new itself, parents before children: no name clashes. */
  insertMany(nodes: readonly NewNode[]): Promise<void>
  /** Faults 'name-taken' likewise when a new name or parent clashes; stays usable likewise. */
  update(id: number, change: NodeChange): Promise<void>
  /** From the top room down to the parent. */
  ancestors(id: number): Promise<Node[]>
  /** The same for many in one statement; an unknown id has no entry. */
  ancestorsOf(ids: readonly number[]): Promise<Map<number, Node[]>>
  /** The node and all below it, live, parents before children. Bounded use: copy. */
  subtree(id: number): Promise<Node[]>
  /** The node and what is live below it, `limit` of them at most, parents before children. */
  firstBelow(id: number, limit: number): Promise<Node[]>
  /** Levels of live folders and rooms below the node; 0: there are none. */
  height(id: number): Promise<number>
  /** Live rooms below the node, parents before children; not the node itself. */
  roomsWithin(id: number): Promise<Node[]>
  /** Live shared folders in homes, oldest first. */
  sharedFolders(query: SharedFoldersQuery): Promise<SharedFolder[]>
  /** Live files, and folders and rooms, below the node at any depth. */
  countWithin(id: number): Promise<{ files: number; folders: number }>
  /** Whether `id` is `ancestorId` or lies below it. */
  isWithin(id: number, ancestorId: number): Promise<boolean>
  /**
   * Gives every node of the subtree that has boundary `from` the boundary `to`, and every room in
   * it that has `from` around it likewise.
   */
  rebound(id: number, from: number, to: number): Promise<void>
  /**
   * Marks the subtree as deleted and closes the current versions; answers count and current bytes
   * of what is not live any more.
   */
  markDeleted(id: number, at: number, by: number | null): Promise<{ nodes: number; bytes: number }>
  /**
   * Removes a subtree, deleted nodes included, with its versions, tallies, access rows (those that
   * its rooms gave to others above, too), grants, links, exports and the mounts of its rooms for
   * good. Answers how many nodes and the bytes of all versions (live, old, deleted) that went.
   */
  purge(id: number): Promise<{ nodes: number; bytes: number }>
  countChildren(query: ChildrenQuery): Promise<number>
  /** One page by key: items after `after` (absent: from the start), skipping `skip` of them. */
  children(
    query: ChildrenQuery,
    page: { after?: SeekKey; skip: number; limit: number },
  ): Promise<Node[]>
  /** What a search finds: a look at every name in its reach, one page after sorting. */
  countFound(query: SearchQuery): Promise<number>
  found(query: SearchQuery, page: { offset: number; limit: number }): Promise<Node[]>
  /** The seek key that `children` sorts by, of one of its items. */
  seekKey(node: Node, sort: NodeSort): SeekKey
  /** Names taken among the children that start with `prefixKey`; for numbering on a clash. */
  takenKeys(parentId: number | null, prefixKey: string): Promise<string[]>
  /** Live children whose own expiry has passed, of these kinds; they are in the tally still. */
  countExpired(parentId: number, kinds: readonly NodeKind[], now: number): Promise<number>
  /** The live mounts in a home, at any depth; a mount's `boundaryId` is the home. */
  mountsOf(homeId: number): Promise<Node[]>
  /** Every mount of this room in any home, with `deletedAt` where its owner hid it. */
  mountsTo(targetId: number): Promise<Node[]>
  /** Removes mounts for good, hidden ones too. */
  removeMounts(ids: readonly number[]): Promise<void>
  /** The live home rooms of these users by user id; no entry for an unknown user. */
  homesOf(userIds: readonly number[]): Promise<Map<number, Node>>
  insertVersion(version: Version): Promise<void>
  insertVersions(versions: readonly Version[]): Promise<void>
  supersedeVersion(versionId: number, at: number, by?: number | null): Promise<void>
  versions(nodeId: number): Promise<Version[]>
  /** Comments that have text and the user's own mark; nodes without either have no entry. */
  marksOf(nodeIds: readonly number[], userId: number | null): Promise<Map<number, Marks>>
  countOldVersions(nodeIds: readonly number[]): Promise<Map<number, number>>
  /** Nodes whose own expiry has passed. */
  expired(now: number, limit: number): Promise<Node[]>
}
