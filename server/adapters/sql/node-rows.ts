import { sql } from 'kysely'
import type { Content, Node, NodeKind, RoomFacts } from '../../core/nodes/node.ts'
import type { NewNode, Version } from '../../core/nodes/node-store.ts'
import { nameKey } from '../../lib/names/name-key.ts'
import type { NodeKindCode, NodesTable, VersionsTable } from './schema/nodes.ts'

export const kindCodes: Readonly<Record<NodeKind, NodeKindCode>> = {
  room: 1,
  folder: 2,
  file: 3,
  mount: 4,
}

export const kinds: Readonly<Record<NodeKindCode, NodeKind>> = {
  1: 'room',
  2: 'folder',
  3: 'file',
  4: 'mount',
}

/** What a listing sorts by first. */
export const kindOrders: Readonly<Record<NodeKind, number>> = {
  room: 0,
  mount: 0,
  folder: 1,
  file: 2,
}

/** The columns that `toNode` reads. */
export type NodeRow = Omit<
  NodesTable,
  'tenant_id' | 'kind_order' | 'name_key' | 'extension' | 'deleted_by' | 'deleted_with' | 'has_old'
>

const columns: readonly (keyof NodeRow)[] = [
  'id',
  'parent_id',
  'kind',
  'name',
  'boundary_id',
  'current_id',
  'home_of',
  'target_id',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
  'client_created_at',
  'client_modified_at',
  'notes',
  'classification',
  'expire_at',
  'version_id',
  'blob_id',
  'size',
  'md5',
  'sha256',
  'media_type',
  'inherit',
  'quota',
  'trash_days',
  'has_activities',
  'file_seconds',
  'outer_id',
  'encrypted_by',
  'deleted_at',
]

/** All columns of a new row. */
export const nodeRowColumns: readonly (keyof NodesTable)[] = [
  'tenant_id',
  ...columns,
  'kind_order',
  'name_key',
  'extension',
  'deleted_by',
  'deleted_with',
  'has_old',
]

/** The columns of a version, but for its tenant. */
export const versionColumns = [
  'id',
  'node_id',
  'blob_id',
  'size',
  'md5',
  'sha256',
  'media_type',
  'created_at',
  'created_by',
  'superseded_at',
  'superseded_by',
  'client_modified_at',
  'restored_at',
] as const satisfies readonly (keyof VersionsTable)[]

export const versionRowColumns: readonly (keyof VersionsTable)[] = ['tenant_id', ...versionColumns]

/** `n.id, n.parent_id, …` for a select from `nodes n`. */
export const nodeColumns = sql.join(columns.map((column) => sql.ref(`n.${column}`)))

/**
 * Whether a node that is looked up by its id is live. Said in a way that keeps the partial indexes
 * out, so that the primary key is the only one to take, whatever a planner knows of the tables.
 */
export const isLive = sql`coalesce(n.deleted_at, 0) = 0`

export function toNode(row: NodeRow): Node {
  return {
    id: row.id,
    parentId: row.parent_id === 0 ? null : row.parent_id,
    kind: kinds[row.kind],
    name: row.name,
    boundaryId: row.boundary_id,
    currentId: row.current_id,
    homeOf: row.home_of,
    targetId: row.target_id,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    clientCreatedAt: row.client_created_at,
    clientModifiedAt: row.client_modified_at,
    notes: row.notes,
    classification: row.classification,
    expireAt: row.expire_at,
    content: row.version_id === null ? null : contentOf(row, row.version_id),
    room: row.kind === kindCodes.room ? roomOf(row) : null,
    encryptedBy: row.encrypted_by,
    deletedAt: row.deleted_at,
  }
}

function contentOf(row: NodeRow, versionId: number): Content {
  return {
    versionId,
    blobId: row.blob_id!,
    size: row.size!,
    md5: row.md5,
    sha256: row.sha256,
    mediaType: row.media_type!,
  }
}

function roomOf(row: NodeRow): RoomFacts {
  return {
    inherit: row.inherit === 1,
    quota: row.quota,
    trashDays: row.trash_days!,
    hasActivities: row.has_activities === 1,
    ...(row.file_seconds === null ? {} : { fileSeconds: row.file_seconds }),
    outerId: row.outer_id,
  }
}

export function toNodeRow(tenantId: number, node: NewNode): NodesTable {
  return {
    tenant_id: tenantId,
    id: node.id,
    parent_id: node.parentId ?? 0,
    kind: kindCodes[node.kind],
    kind_order: kindOrders[node.kind],
    ...nameColumns(node.name, node.kind),
    boundary_id: node.boundaryId,
    current_id: node.currentId,
    home_of: node.homeOf,
    target_id: node.targetId,
    created_at: node.createdAt,
    created_by: node.createdBy,
    updated_at: node.updatedAt,
    updated_by: node.updatedBy,
    client_created_at: node.clientCreatedAt,
    client_modified_at: node.clientModifiedAt,
    notes: node.notes,
    classification: node.classification,
    expire_at: node.expireAt,
    ...contentColumns(node.content),
    ...roomColumns(node.room),
    encrypted_by: node.encryptedBy,
    deleted_at: null,
    deleted_by: null,
    deleted_with: null,
    has_old: null,
  }
}

export function nameColumns(name: string, kind: NodeKind) {
  const key = nameKey(name)
  return { name, name_key: key, extension: kind === 'file' ? extensionOf(key) : '' }
}

/** What follows the last dot; empty without one, and for names that only begin with a dot. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(dot + 1) : ''
}

export function contentColumns(content: Content | null) {
  return {
    version_id: content?.versionId ?? null,
    blob_id: content?.blobId ?? null,
    size: content?.size ?? null,
    md5: content?.md5 ?? null,
    sha256: content?.sha256 ?? null,
    media_type: content?.mediaType ?? null,
  }
}

export function roomColumns(room: RoomFacts | null) {
  return {
    inherit: room ? Number(room.inherit) : null,
    quota: room?.quota ?? null,
    trash_days: room?.trashDays ?? null,
    has_activities: room ? Number(room.hasActivities) : null,
    file_seconds: room?.fileSeconds ?? null,
    outer_id: room?.outerId ?? null,
  }
}

export function toVersion(row: VersionsTable): Version {
  return {
    id: row.id,
    nodeId: row.node_id,
    content: {
      versionId: row.id,
      blobId: row.blob_id,
      size: row.size,
      md5: row.md5,
      sha256: row.sha256,
      mediaType: row.media_type,
    },
    createdAt: row.created_at,
    createdBy: row.created_by,
    supersededAt: row.superseded_at,
    supersededBy: row.superseded_by,
    clientModifiedAt: row.client_modified_at,
    restoredAt: row.restored_at,
  }
}

export function toVersionRow(tenantId: number, version: Version): VersionsTable {
  const { content } = version
  return {
    tenant_id: tenantId,
    id: version.id,
    node_id: version.nodeId,
    blob_id: content.blobId,
    size: content.size,
    md5: content.md5,
    sha256: content.sha256,
    media_type: content.mediaType,
    created_at: version.createdAt,
    created_by: version.createdBy,
    superseded_at: version.supersededAt,
    superseded_by: version.supersededBy ?? null,
    client_modified_at: version.clientModifiedAt ?? null,
    restored_at: version.restoredAt ?? null,
  }
}
