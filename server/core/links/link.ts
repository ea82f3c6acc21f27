import type { LinkKeys } from '../keys/link-keys.ts'
import type { Node, NodeView } from '../nodes/node.ts'
import type { Person } from '../users/user.ts'

/** A way in for somebody without an account: token, rights, limits. */
export type Link = {
  readonly id: number
  readonly kind: 'download' | 'upload'
  /** Of a download link on a room or folder: visitors may bring files, too. */
  readonly takesUploads: boolean
  /** The mail address that it was made for; null: for anybody. */
  readonly recipient: string | null
  readonly nodeId: number
  readonly name: string
  /** The token under the server's key: looked up by its digest, shown again only to its owners. */
  readonly sealedToken: string
  readonly isProtected: boolean
  readonly createdAt: number
  readonly createdBy: number
  readonly updatedAt: number
  readonly updatedBy: number
  readonly expireAt: number | null
  /** null without limit. */
  readonly maxDownloads: number | null
  readonly downloads: number
  readonly notes: string | null
  readonly internalNotes: string | null
  readonly showCreatorName: boolean
  readonly showCreatorUserName: boolean
  readonly notifyCreator: boolean
  /** Limits of what comes in, where files do. */
  readonly maxBytes: number | null
  readonly maxFiles: number | null
  readonly showUploaded: boolean
  /** Days after which what comes in expires; null: it does not. */
  readonly filesExpiryDays: number | null
  /** Files and bytes that have come in, whatever became of them. */
  readonly uploads: number
  readonly uploadedBytes: number
  /** Of a download link on an encrypted file. */
  readonly keys: LinkKeys | null
}

/** A link as its owners see it. */
export type LinkView = {
  readonly link: Link
  /** Public part of the address; at least 128 random bits. */
  readonly token: string
  readonly view: NodeView
  readonly createdBy: Person
  readonly updatedBy: Person
  /** Live files that came in through it. */
  readonly files: number
}

/** A link as a stranger sees it before (and after) giving the password. */
export type PublicLink = {
  readonly link: Link
  /** The shared node; without rights, ids of parents or people. */
  readonly node: Node
  readonly size: number
  readonly limitReached: boolean
  /** It was made for no address in particular. */
  readonly isForAnybody: boolean
  readonly creator: Person | null
}
