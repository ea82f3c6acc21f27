import type { Link } from '../../core/links/link.ts'
import { nameKey } from '../../lib/names/name-key.ts'
import { flag } from './column-types.ts'
import type { LinksTable } from './schema/identity.ts'

export function toLink(row: LinksTable): Link {
  return {
    id: row.id,
    kind: row.kind as Link['kind'],
    takesUploads: row.takes_uploads === 1,
    recipient: row.recipient,
    nodeId: row.node_id,
    name: row.name,
    sealedToken: row.sealed_token,
    isProtected: row.password_hash !== null,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    expireAt: row.expire_at,
    maxDownloads: row.max_downloads,
    downloads: row.downloads,
    notes: row.notes,
    internalNotes: row.internal_notes,
    showCreatorName: row.show_creator_name === 1,
    showCreatorUserName: row.show_creator_user_name === 1,
    notifyCreator: row.notify_creator === 1,
    maxBytes: row.max_bytes,
    maxFiles: row.max_files,
    showUploaded: row.show_uploaded === 1,
    filesExpiryDays: row.files_expiry_days,
    uploads: row.uploads,
    uploadedBytes: row.uploaded_bytes,
    keys: row.keys === null ? null : (JSON.parse(row.keys) as Link['keys']),
  }
}

export function toLinkRow(
  tenantId: number,
  link: Link,
  secrets: { digest: string; passwordHash: string | null },
): LinksTable {
  return {
    tenant_id: tenantId,
    id: link.id,
    kind: link.kind,
    takes_uploads: flag(link.takesUploads),
    recipient: link.recipient,
    node_id: link.nodeId,
    name: link.name,
    name_key: nameKey(link.name),
    sealed_token: link.sealedToken,
    digest: secrets.digest,
    password_hash: secrets.passwordHash,
    created_at: link.createdAt,
    created_by: link.createdBy,
    updated_at: link.updatedAt,
    updated_by: link.updatedBy,
    expire_at: link.expireAt,
    max_downloads: link.maxDownloads,
    downloads: link.downloads,
    notes: link.notes,
    internal_notes: link.internalNotes,
    show_creator_name: flag(link.showCreatorName),
    show_creator_user_name: flag(link.showCreatorUserName),
    notify_creator: flag(link.notifyCreator),
    max_bytes: link.maxBytes,
    max_files: link.maxFiles,
    show_uploaded: flag(link.showUploaded),
    files_expiry_days: link.filesExpiryDays,
    uploads: link.uploads,
    uploaded_bytes: link.uploadedBytes,
    keys: link.keys && JSON.stringify(link.keys),
  }
}

const plainColumns = {
  nodeId: 'node_id',
  updatedAt: 'updated_at',
  updatedBy: 'updated_by',
  expireAt: 'expire_at',
  maxDownloads: 'max_downloads',
  downloads: 'downloads',
  notes: 'notes',
  internalNotes: 'internal_notes',
  maxBytes: 'max_bytes',
  maxFiles: 'max_files',
  filesExpiryDays: 'files_expiry_days',
  recipient: 'recipient',
} as const satisfies Partial<Record<keyof Link, keyof LinksTable>>

const flagColumns = {
  showCreatorName: 'show_creator_name',
  showCreatorUserName: 'show_creator_user_name',
  notifyCreator: 'notify_creator',
  showUploaded: 'show_uploaded',
  takesUploads: 'takes_uploads',
} as const satisfies Partial<Record<keyof Link, keyof LinksTable>>

/** The columns of the members that are given; an absent member stays. */
export function changedLinkColumns(change: Partial<Link>): Partial<LinksTable> {
  const columns: Record<string, string | number | null> = {}
  for (const [member, column] of Object.entries(plainColumns)) {
    const value = change[member as keyof typeof plainColumns]
    if (value !== undefined) columns[column] = value
  }
  for (const [member, column] of Object.entries(flagColumns)) {
    const value = change[member as keyof typeof flagColumns]
    if (value !== undefined) columns[column] = flag(value)
  }
  if (change.name !== undefined) {
    columns.name = change.name
    columns.name_key = nameKey(change.name)
  }
  return columns
}
