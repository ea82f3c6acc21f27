import type { Segment } from '../blobs/blob-row-store.ts'
import type { Tally } from '../nodes/node.ts'
import type { Access } from '../permissions/access-store.ts'

/** A version beside the blob that it refers to; `blob` is null when there is no such row. */
export type VersionFacts = {
  readonly id: number
  readonly nodeId: number
  readonly blobId: string
  readonly size: number
  readonly md5: string | null
  readonly sha256: string | null
  readonly blob: { readonly size: number; readonly md5: string | null } | null
}

/** Where a version stands among all. */
export type VersionPlace = Pick<VersionFacts, 'nodeId' | 'id'>

/** A blob and where its bytes lie. */
export type BlobFacts = {
  readonly id: string
  readonly size: number
  readonly md5: string | null
  readonly sha256: string | null
  /** Length of the bytes in the row; null where they are segments. */
  readonly rowBytes: number | null
}

export type NodeFault =
  | 'no-parent' // a live node whose parent is missing, deleted or a file
  | 'no-version' // a live file whose current version is missing, superseded or differs
  | 'no-target' // a live mount whose room is missing or deleted
  | 'no-boundary' // the room that governs it, or stands around it, is missing, deleted or another

export type Counts = Pick<Tally, 'rooms' | 'folders' | 'files' | 'size'>

/** Things that mean nothing without the one they belong to. */
export type Reference = {
  readonly things: string
  readonly of:
    | 'node'
    | 'version'
    | 'user'
    | 'group'
    | 'comment'
    | 'key pair'
    | 'link'
    | 'webhook'
    | 'event'
    | 'upload'
    | 'blob'
  /** What comes before every id: blobs have texts. */
  readonly first: number | string
}

/**
 * What only the check of everything asks, a page at a time in the order of ids: `after` is the last
 * id seen (0 or '' at first).
 */
export type CheckStore = {
  /** In the order of their files. */
  versions(after: VersionPlace, limit: number): Promise<VersionFacts[]>
  blobs(after: string, limit: number): Promise<BlobFacts[]>
  /** Objects of open uploads with their sizes. */
  partSegments(after: string, limit: number): Promise<Segment[]>
  brokenNodes(
    after: number,
    limit: number,
  ): Promise<{ nodes: { id: number; fault: NodeFault }[]; next: number | null }>
  /**
   * Looks at `limit` live containers: those whose kept counters differ from their children's rows
   * and counters. One that differs may make the one above it differ too: see `recount`.
   */
  doubtfulTallies(after: number, limit: number): Promise<{ ids: number[]; next: number | null }>
  /** The counters of a container from the rows of its whole subtree. */
  recount(id: number): Promise<Counts>
  /** Adds to the counters, so that what others add at the same time is kept. */
  correctTally(id: number, by: Counts, at: number): Promise<void>
  /** Bytes of all versions, and reserved by uploads. */
  countBytes(): Promise<number>
  /** Live rooms after this id. */
  rooms(after: number, limit: number): Promise<number[]>
  accessVia(roomId: number): Promise<Access[]>
  readonly references: readonly Reference[]
  /** What is gone and still referred to, by id, with the number of things that do. */
  dangling(
    reference: Reference,
    after: number | string,
    limit: number,
  ): Promise<{ readonly id: number | string; readonly count: number }[]>
  /** Removes the things that refer to these, as far as they are gone. */
  removeDangling(reference: Reference, ids: readonly (number | string)[]): Promise<void>
  /** Access rows that come from rooms which are not live. */
  strayAccess(limit: number): Promise<Access[]>
}
