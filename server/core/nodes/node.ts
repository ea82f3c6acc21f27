import type { KeyStates } from '../keys/key-states.ts'
import type { Permissions } from '../permissions/permission.ts'
import type { Person } from '../users/user.ts'

export type NodeKind = 'room' | 'folder' | 'file' | 'mount'

/**
 * A room, folder or file; or a mount, the place where a room of somebody else appears in a home.
 *
 * `id` never changes. `currentId` is the id of the current version: a container's own id; for a
 * file the id of its first version is the node's id, and each later version takes a new one from
 * the same sequence. Times are milliseconds since the epoch, sizes bytes.
 */
export type Node = {
  readonly id: number
  readonly parentId: number | null
  readonly kind: NodeKind
  readonly name: string
  /** The room whose grants govern this node; a room's own id. */
  readonly boundaryId: number
  readonly currentId: number
  /** The user whose home this room is. */
  readonly homeOf: number | null
  /** Mounts only: the room shown here. */
  readonly targetId: number | null
  readonly createdAt: number
  readonly createdBy: number | null
  readonly updatedAt: number
  readonly updatedBy: number | null
  /** Times of the file system that it came from, as the client said. */
  readonly clientCreatedAt: number | null
  readonly clientModifiedAt: number | null
  readonly notes: string | null
  /** 1 public … 4 strictly confidential; null takes the room's. */
  readonly classification: number | null
  readonly expireAt: number | null
  readonly content: Content | null
  readonly room: RoomFacts | null
  /** The top room whose client-side encryption holds here; null: it is plain. */
  readonly encryptedBy: number | null
  readonly deletedAt: number | null
}

/** The current bytes of a file. */
export type Content = {
  readonly versionId: number
  readonly blobId: string
  readonly size: number
  /** Lower-case hex; null while it is not known (direct uploads to an object store). */
  readonly md5: string | null
  readonly sha256: string | null
  readonly mediaType: string
}

export type RoomFacts = {
  readonly inherit: boolean
  /** Bytes; null without limit. */
  readonly quota: number | null
  /** Days; 0 keeps for ever. */
  readonly trashDays: number
  readonly hasActivities: boolean
  /** How long files are kept after their upload; absent or null: without end. */
  readonly fileSeconds?: number | null
  /**
   * The room around one that lies in a home or a folder, or that sharing made of a folder: a shared
   * folder. It stands alone for everybody who holds nothing around it: there is no passage to it,
   * it is a top room for him and has a mount of its own in his home. null: an ordinary room.
   */
  readonly outerId: number | null
}

/** Kept, not counted. Direct children and bytes of the whole subtree. */
export type Tally = {
  readonly rooms: number
  readonly folders: number
  readonly files: number
  readonly size: number
  /** Grows by one with every change in the subtree. */
  readonly revision: number
  /** Grows by one with every change among the direct children. */
  readonly listing: number
  /** Time of the newest change in the subtree, ms. */
  readonly changedAt: number
}

export const emptyTally: Tally = {
  rooms: 0,
  folders: 0,
  files: 0,
  size: 0,
  revision: 0,
  listing: 0,
  changedAt: 0,
}

export type Ancestor = { readonly id: number; readonly name: string; readonly kind: NodeKind }

/** A node as one actor sees it; what read functions and changes answer with. */
/**
 * Whom the oldest link in force of a room lets in: nobody (there is none), everybody who has its
 * address, to look, or visitors under other terms.
 */
export type OpenTo = 'nobody' | 'visitors' | 'everybody'

export type NodeView = {
  /** Without a parent where the actor is told of nothing around it (`RoomFacts.outerId`). */
  readonly node: Node
  /** What the actor holds here. */
  readonly permissions: Permissions
  readonly tally: Tally
  readonly createdBy: Person
  readonly updatedBy: Person
  /** Whose home it lies in; elsewhere who made the top room. */
  readonly owner: Person
  /** From the top room down to the parent; empty for a top room. */
  readonly ancestors: readonly Ancestor[]
  /** Names from the actor's own root (home and mounts); null where it does not appear there. */
  readonly rootPath: readonly string[] | null
  readonly downloadLinks: number
  readonly uploadLinks: number
  /** Token of the oldest live link, where the actor may manage links of that kind. */
  readonly linkToken: string | null
  /** Of rooms. */
  readonly openTo?: OpenTo
  /** The node's own, or that of the room that governs it; null where neither has one. */
  readonly classification: number | null
  /** Versions that were superseded. */
  readonly oldVersions: number
  readonly comments: number
  readonly isFavorite: boolean
  /** The mount that this stands for, in a listing of the actor's own root; `node` is its room. */
  readonly mountId: number | null
  /** Who can open it; only where it was asked for, of encrypted nodes. */
  readonly keyStates?: KeyStates
}

/**
 * How a face names a node: by its lasting id, by the id of its current version, or by a path of
 * names below a node (absent: the actor's own root).
 */
export type NodeRef =
  | { readonly id: number }
  | { readonly currentId: number }
  | { readonly path: readonly string[]; readonly from?: number }

export type OnClash = 'rename' | 'overwrite' | 'fail'

export type NodeSort = {
  readonly by:
    | 'name'
    | 'createdAt'
    | 'createdBy'
    | 'updatedAt'
    | 'updatedBy'
    | 'size'
    | 'classification'
    | 'clientCreatedAt'
    | 'clientModifiedAt'
    | 'fileType'
    | 'oldVersions'
    | 'children'
  readonly descending: boolean
}

/** A closed filter: nothing of a request reaches SQL text. All given members must hold. */
export type NodeFilter = {
  readonly kinds?: readonly NodeKind[]
  readonly nameContains?: string
  readonly nameIs?: string
  readonly isEncrypted?: boolean
  /** The actor holds at least one of these sets. */
  readonly permissions?: readonly Permissions[]
  readonly currentIds?: readonly number[]
  /** Of the newest change of the node itself or in its subtree. */
  readonly changedFrom?: number
  readonly changedTo?: number
  /** Where the client said no time, the node's own counts. */
  readonly clientCreatedFrom?: number
  readonly clientCreatedTo?: number
  readonly clientModifiedFrom?: number
  readonly clientModifiedTo?: number
  readonly ids?: readonly number[]
  /** What follows the last dot of the name; files only. */
  readonly extensionIs?: string
  readonly extensionContains?: string
  /** How the media type of a file begins, one of these. */
  readonly mediaTypes?: readonly string[]
  /** The node's own class or its room's; null: neither has one. */
  readonly classifications?: readonly (number | null)[]
  readonly createdBy?: PersonFilter
  readonly updatedBy?: PersonFilter
  readonly createdFrom?: number
  readonly createdTo?: number
  readonly updatedFrom?: number
  readonly updatedTo?: number
  readonly expireFrom?: number
  readonly expireTo?: number
  /** Bytes of a file, or of everything in a container. */
  readonly sizeFrom?: number
  readonly sizeTo?: number
  /** The actor's own mark. */
  readonly isFavorite?: boolean
}

/** A person by id (null: somebody without an account) or by a name; all given members hold. */
export type PersonFilter = {
  readonly id?: number | null
  readonly contains?: string
  /** User name, first, last or full name. */
  readonly is?: string
}

export type PageRequest = { readonly offset: number; readonly limit: number }
export type Page<T> = {
  readonly items: readonly T[]
  readonly offset: number
  readonly limit: number
  readonly total: number
}

/** Whether its own end has passed: invisible at once, whatever the sweep does. */
export function isExpired(node: Node, now: number): boolean {
  return node.expireAt !== null && node.expireAt <= now
}

/** Rooms stay where they are; a shared folder (`RoomFacts.outerId`) goes where folders go. */
export function isMovable({ kind, room, homeOf }: Node): boolean {
  return kind !== 'room' || (room !== null && room.outerId !== null && homeOf === null)
}

/** The room that governs the place where a node stands: around a shared folder the outer one. */
export function placeBoundary({ boundaryId, room }: Node): number {
  return room?.outerId ?? boundaryId
}

/** The room kind stands for mounts too where others are told of a node. */
export function toldKind(kind: NodeKind): 'room' | 'folder' | 'file' {
  return kind === 'mount' ? 'room' : kind
}
