/**
 * Tables of tenants, nodes, permissions and events. `tenant_id` is the first column of every key.
 * Times are milliseconds, sizes bytes, flags 0 or 1. Text that is compared or sorted is compared
 * byte by byte (UTF-8) on every engine.
 */
export type NodesTables = {
  tenants: TenantsTable
  tenant_hosts: TenantHostsTable
  nodes: NodesTable
  versions: VersionsTable
  tallies: TalliesTable
  tenant_bytes: TenantBytesTable
  grants: GrantsTable
  access: AccessTable
  events: EventsTable
  event_recipients: EventRecipientsTable
}

export type TenantsTable = {
  id: number
  uuid: string
  name: string
  created_at: number
  is_locked: number
  quota: number | null
  max_users: number | null
  homes_id: number
  language: string
  is_default: number
  /** JSON object of what differs from the defaults. */
  settings: string
}

/** The one table without a tenant in its key: a host name belongs to one tenant of all. */
export type TenantHostsTable = {
  host: string
  tenant_id: number
}

/**
 * `parent_id` is 0 for top rooms, so that their names clash too. `kind_order` is what listings sort
 * by first (0 rooms and mounts, 1 folders, 2 files). Files carry their current content, so that a
 * listing needs no join; `version_id` is null for everything else.
 */
export type NodesTable = {
  tenant_id: number
  id: number
  parent_id: number
  kind: NodeKindCode
  kind_order: number
  name: string
  /** `nameKey(name)`; unique among the live children of a parent. */
  name_key: string
  /** What follows the last dot of the key of a file; empty otherwise. */
  extension: string
  boundary_id: number
  current_id: number
  home_of: number | null
  target_id: number | null
  created_at: number
  created_by: number | null
  updated_at: number
  updated_by: number | null
  client_created_at: number | null
  client_modified_at: number | null
  notes: string | null
  classification: number | null
  expire_at: number | null
  version_id: number | null
  blob_id: string | null
  size: number | null
  md5: string | null
  sha256: string | null
  media_type: string | null
  inherit: number | null
  quota: number | null
  trash_days: number | null
  has_activities: number | null
  /** Rooms: how long files are kept, in seconds. */
  file_seconds: number | null
  /** Rooms that stand alone: the room around them. */
  outer_id: number | null
  /** The encrypted top room in which it lies; null: it is plain. */
  encrypted_by: number | null
  /** Live nodes: null. */
  deleted_at: number | null
  deleted_by: number | null
  /** The node whose deletion took this one along; its own id where it was deleted itself. */
  deleted_with: number | null
  /** 1 where a live file may have superseded versions; null where it certainly has none. */
  has_old: number | null
}

/** 1 room, 2 folder, 3 file, 4 mount. */
export type NodeKindCode = 1 | 2 | 3 | 4

/** All versions of files, the current one too. */
export type VersionsTable = {
  tenant_id: number
  id: number
  node_id: number
  blob_id: string
  size: number
  md5: string | null
  sha256: string | null
  media_type: string
  created_at: number
  created_by: number | null
  superseded_at: number | null
  superseded_by: number | null
  client_modified_at: number | null
  /** When the version was made that this one brought back. */
  restored_at: number | null
}

/**
 * Counters of containers as a sum over shards (`changed_at`: the greatest). SQLite has one writer
 * and one shard; on PostgreSQL a transaction takes one of 16, so that writers do not queue.
 */
export type TalliesTable = {
  tenant_id: number
  node_id: number
  shard: number
  rooms: number
  folders: number
  files: number
  size: number
  revision: number
  listing: number
  changed_at: number
}

/** Bytes of a tenant as a sum over shards; one shard alone may be negative. */
export type TenantBytesTable = {
  tenant_id: number
  shard: number
  bytes: number
}

/** Of a user (`group_id` 0) or of a group (`user_id` 0). */
export type GrantsTable = {
  tenant_id: number
  room_id: number
  user_id: number
  group_id: number
  permissions: number
  expire_at: number | null
  /** Whether new members of the group are let in at once; 1 for users. */
  admits: number
}

export type AccessTable = {
  tenant_id: number
  boundary_id: number
  user_id: number
  via_id: number
  /** The group whose grant it is; 0 for a grant of the user's own. */
  group_id: number
  permissions: number
  expire_at: number | null
}

export type EventsTable = {
  tenant_id: number
  id: number
  at: number
  type: string
  actor_id: number | null
  address: string
  user_agent: string
  node_id: number | null
  room_id: number | null
  node_kind: string | null
  node_name: string | null
  subject_id: number | null
  /** JSON object; null when there is none. */
  data: string | null
}

export type EventRecipientsTable = {
  tenant_id: number
  event_id: number
  user_id: number
}
