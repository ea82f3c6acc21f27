import type { NodeView, OnClash } from '../nodes/node.ts'

export type UploadState = 'open' | 'finishing' | 'done' | 'failed' | 'cancelled'

/** A file on its way in: from the announcement to the commit. */
export type Upload = {
  readonly id: number
  readonly state: UploadState
  readonly parentId: number
  readonly name: string
  /** The user on whose authority it is stored; null: the system's. */
  readonly userId: number | null
  /** The export token that started it, whose bounds go on to hold. */
  readonly exportId: number | null
  /** The link that it comes in through, whose bounds go on to hold. */
  readonly linkId: number | null
  /** Announced bytes and checksum; null when the client did not say. */
  readonly size: number | null
  readonly md5: string | null
  readonly mediaType: string | null
  readonly clientCreatedAt: number | null
  readonly clientModifiedAt: number | null
  readonly notes: string | null
  readonly classification: number | null
  readonly expireAt: number | null
  /** What to do with a sibling of that name; completing may say otherwise. */
  readonly onClash: OnClash
  /** Version id that must be current when it commits. */
  readonly expectVersion: number | null
  /** Parts go to addresses handed out one by one. */
  readonly direct: boolean
  /** The byte store's own reference of a direct upload. */
  readonly directKey: string | null
  readonly directReference: string | null
  /** Bytes that have arrived and parts that hold them (not of direct uploads). */
  readonly received: number
  readonly partCount: number
  /** Bytes that are booked for it in the tenant until it is committed. */
  readonly reserved: number
  readonly createdAt: number
  readonly expiresAt: number
  /** The node that came of it. */
  readonly nodeId: number | null
  /** Fault code and subject of a failed completion, as 'code subject'. */
  readonly failure: string | null
}

/** An upload with what became of the account behind it, found in the same statement. */
export type FoundUpload = Upload & {
  /** When the account of `userId` ends or ended; 0: locked or gone; null: never, or no account. */
  readonly userUntil: number | null
}

/** Bytes that have arrived, in the order of `position`. */
export type UploadPart = {
  /** Direct uploads: the part's number. Otherwise counted from 0 without a gap. */
  readonly position: number
  /** Where its first byte lies in the file; 0 for parts of direct uploads. */
  readonly offset: number
  readonly size: number
  /** Key in the byte store; null when `bytes` are kept in the row. */
  readonly key: string | null
  readonly bytes: Uint8Array | null
  readonly md5: string
}

/**
 * How a caller names an upload: its user by id, anybody who holds the token by that; one that comes
 * in through a link by its own token and the link's.
 */
export type UploadRef =
  | { readonly id: number }
  | { readonly token: string }
  | { readonly token: string; readonly link: string }

export type UploadStatus = {
  readonly state: UploadState
  /** As it was announced. */
  readonly name: string
  /** The file that came of it. */
  readonly view: NodeView | null
  /** Fault code and subject, as 'code subject'. */
  readonly failure: string | null
}
