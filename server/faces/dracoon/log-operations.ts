import type { EventType } from '../../core/event.ts'

/**
 * Numbers and names of what the log tells of. The vendor's numbers are not public (dossier 10), so
 * these are our own; they stay as they are once given.
 */
export const logOperations: Readonly<Record<EventType, readonly [id: number, name: string]>> = {
  'room.created': [101, 'Room created'],
  'folder.created': [102, 'Folder created'],
  'file.created': [103, 'File uploaded'],
  'file.version-created': [104, 'File overwritten'],
  'node.renamed': [105, 'Node renamed'],
  'node.changed': [106, 'Node changed'],
  'node.moved': [107, 'Node moved'],
  'node.copied': [108, 'Node copied'],
  'node.deleted': [109, 'Node deleted'],
  'node.restored': [110, 'Node restored'],
  'node.purged': [111, 'Node removed for good'],
  'room.deleted': [112, 'Room deleted'],
  'version.restored': [113, 'File version restored'],
  'version.purged': [114, 'File version removed for good'],
  'trash.emptied': [115, 'Recycle bin emptied'],
  'comment.created': [116, 'Comment added'],
  'comment.changed': [117, 'Comment changed'],
  'comment.deleted': [118, 'Comment deleted'],
  'node.left': [119, 'Node moved to another room'],
  'grant.changed': [120, 'Room permissions changed'],
  'admission.decided': [121, 'Pending assignment decided'],
  'grant.removed': [122, 'Room permissions taken away'],
  'link.created': [130, 'Share created'],
  'link.changed': [131, 'Share changed'],
  'link.deleted': [132, 'Share deleted'],
  'link.used': [133, 'Share used'],
  'user.created': [140, 'User created'],
  'user.changed': [141, 'User changed'],
  'user.deleted': [142, 'User deleted'],
  'session.started': [150, 'Signed in'],
  'session.failed': [151, 'Sign-in failed'],
  'session.ended': [152, 'Signed out'],
  'session.wipe-ordered': [153, 'Remote wipe ordered'],
  'session.wipe-cancelled': [154, 'Remote wipe cancelled'],
  'session.wiped': [155, 'Device wiped'],
  'export.created': [160, 'Access token created'],
  'export.revoked': [161, 'Access token revoked'],
  'code.issued': [170, 'One-time code sent'],
  'code.failed': [171, 'One-time code refused'],
  'user.left': [172, 'Account left by its user'],
  'user.returned': [173, 'User came back'],
  'backup.ordered': [174, 'Backup of the own files ordered'],
  'backup.fetched': [192, 'Backup of the own files fetched'],
  'backup.failed': [193, 'Backup of the own files not fetched whole'],
  'feedback.sent': [175, 'Feedback sent'],
  'listing.ready': [176, 'Listing of all files ready'],
  'settings.changed': [177, 'Settings changed'],
  'value.changed': [178, 'Organisation-wide value changed'],
  'role.given': [180, 'Role given'],
  'role.taken': [181, 'Role taken away'],
  'import.started': [190, 'Import from another server started'],
  'import.ended': [191, 'Import from another server ended'],
  'group.created': [210, 'Group created'],
  'group.changed': [211, 'Group changed'],
  'group.deleted': [212, 'Group deleted'],
  'group.joined': [213, 'Group member added'],
  'group.left': [214, 'Group member removed'],
  'webhook.created': [220, 'Webhook created'],
  'webhook.assigned': [221, 'Webhooks of a room changed'],
  'encryption.enabled': [230, 'Client-side encryption enabled'],
  'key-pair.created': [231, 'Key pair created'],
  'key-pair.removed': [232, 'Key pair removed'],
  'file-keys.set': [233, 'File keys distributed'],
  'share.started': [401, 'Folder shared'],
  'share.ended': [402, 'Folder not shared any more'],
  'invitation.sent': [403, 'Invitation sent'],
  'invitation.accepted': [404, 'Invitation accepted'],
  'invitation.declined': [405, 'Invitation declined'],
  'invitation.revoked': [406, 'Invitation withdrawn'],
  'offer.made': [407, 'Content offered'],
  'offer.accepted': [408, 'Content taken over'],
  'offer.ended': [409, 'Offer ended'],
}

/** The event that a number stands for. */
export function eventTypeOf(operationId: number): EventType | undefined {
  const types = Object.keys(logOperations) as EventType[]
  return types.find((type) => logOperations[type][0] === operationId)
}

/** What did not succeed: status 2 on the wire. */
export const failures: readonly EventType[] = ['session.failed']
