/** The closed set of things that can happen; written in the transaction that made them true. */
export type EventType =
  | 'room.created'
  | 'folder.created'
  | 'file.created'
  | 'file.version-created'
  | 'node.renamed'
  | 'node.changed'
  | 'node.moved'
  | 'node.left' // moved out of a room, which is told where it was
  | 'node.copied'
  | 'node.deleted'
  | 'node.restored'
  | 'node.purged'
  | 'room.deleted'
  | 'grant.changed'
  | 'grant.removed'
  | 'share.started'
  | 'share.ended'
  | 'offer.made'
  | 'offer.accepted'
  | 'offer.ended'
  | 'invitation.sent'
  | 'invitation.accepted'
  | 'invitation.declined'
  | 'invitation.revoked'
  | 'link.created'
  | 'link.changed'
  | 'link.deleted'
  | 'link.used'
  | 'user.created'
  | 'user.changed'
  | 'user.deleted'
  | 'session.started'
  | 'session.failed'
  | 'session.ended'
  | 'export.created'
  | 'export.revoked'
  | 'code.issued'
  | 'code.failed'
  | 'user.left'
  | 'user.returned'
  | 'backup.ordered'
  | 'backup.fetched'
  | 'backup.failed'
  | 'value.changed'
  | 'feedback.sent'
  | 'listing.ready'
  | 'session.wipe-ordered'
  | 'session.wipe-cancelled'
  | 'session.wiped'
  | 'version.restored'
  | 'version.purged'
  | 'trash.emptied'
  | 'comment.created'
  | 'comment.changed'
  | 'comment.deleted'
  | 'settings.changed'
  | 'group.created'
  | 'group.changed'
  | 'group.deleted'
  | 'group.joined'
  | 'group.left'
  | 'role.given'
  | 'role.taken'
  | 'admission.decided'
  | 'webhook.created'
  | 'webhook.assigned'
  | 'encryption.enabled'
  | 'key-pair.created'
  | 'key-pair.removed'
  | 'file-keys.set'
  | 'import.started'
  | 'import.ended'

/** What a use case says; store and context add id, time, actor and client. */
export type NewEvent = {
  readonly type: EventType
  readonly nodeId?: number
  /** The room whose members may read of it; absent for what is not about a node. */
  readonly roomId?: number
  readonly nodeKind?: 'room' | 'folder' | 'file'
  readonly nodeName?: string
  /** The user, link or export that it is about. */
  readonly subjectId?: number
  /** Small facts of the change: { from, to, size … }. */
  readonly data?: Readonly<Record<string, string | number | boolean | null>>
  /**
   * Users who are told of it although it takes from them the right to read of it; at most
   * `mostRecipients`. Types that may have some are in `toldToRecipients`.
   */
  readonly recipients?: readonly number[]
}

export type Event = Omit<NewEvent, 'recipients'> & {
  readonly id: number
  readonly at: number
  readonly actorId: number | null
  readonly address: string
  readonly userAgent: string
}
