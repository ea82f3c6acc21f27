import type { Person } from '../users/user.ts'

/** `new` until its reader has seen it; `waiting` for an answer; then what he answered. */
export type NoticeStatus = 'new' | 'viewed' | 'waiting' | 'accepted' | 'declined'

/** A message of the server to one user. */
export type Notice = {
  readonly id: number
  readonly userId: number
  /** Who caused it; null: nobody in particular. */
  readonly fromId: number | null
  /** What it is about, in a word of core: 'share-invitation', 'failed-logins' … */
  readonly action: string
  /** Whether everybody was told the same. */
  readonly isGlobal: boolean
  /** Whether an answer is wanted. */
  readonly isInteractive: boolean
  readonly status: NoticeStatus
  readonly text: string
  /** The room, folder or file that it is about. */
  readonly nodeId: number | null
  /** By what its writer finds it again ('invitation 12'); null: never. At most one for a user. */
  readonly key: string | null
  readonly createdAt: number
  readonly updatedAt: number
}

export type NoticeView = {
  readonly notice: Notice
  readonly from: Person | null
  /** Names from its reader's own root; null where its node does not appear there. */
  readonly path: readonly string[] | null
}
