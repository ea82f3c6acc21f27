/** Tables of uploads, blobs and background work. Rules as in schema/nodes.ts. */
export type TransfersTables = {
  uploads: UploadsTable
  upload_parts: UploadPartsTable
  upload_rooms: UploadRoomsTable
  blobs: BlobsTable
  blob_segments: BlobSegmentsTable
  blob_holds: BlobHoldsTable
  jobs: JobsTable
}

export type UploadsTable = {
  tenant_id: number
  id: number
  token_digest: string
  state: string
  parent_id: number
  name: string
  user_id: number | null
  export_id: number | null
  link_id: number | null
  size: number | null
  md5: string | null
  media_type: string | null
  client_created_at: number | null
  client_modified_at: number | null
  notes: string | null
  classification: number | null
  expire_at: number | null
  on_clash: string
  expect_version: number | null
  direct: number
  direct_key: string | null
  direct_reference: string | null
  received: number
  part_count: number
  reserved: number
  created_at: number
  expires_at: number
  node_id: number | null
  failure: string | null
}

/** `key` or `bytes`: never both, never none. */
export type UploadPartsTable = {
  tenant_id: number
  upload_id: number
  position: number
  start: number
  size: number
  key: string | null
  bytes: Uint8Array | null
  md5: string
}

/** The rooms with a quota in which an upload counts while it is under way. */
export type UploadRoomsTable = {
  tenant_id: number
  room_id: number
  upload_id: number
}

export type BlobsTable = {
  tenant_id: number
  id: string
  size: number
  md5: string | null
  sha256: string | null
  created_at: number
  /** When a sweep first found no version that refers to it. */
  unreferenced_since: number | null
  /** Small blobs only; the last column, so that searching reads none of it. */
  bytes: Uint8Array | null
}

export type BlobSegmentsTable = {
  tenant_id: number
  blob_id: string
  position: number
  key: string
  size: number
}

export type BlobHoldsTable = {
  tenant_id: number
  key: string
  until: number
}

export type JobsTable = {
  tenant_id: number
  id: number
  kind: string
  /** JSON object. */
  payload: string
  run_at: number
  attempts: number
  fence: number
  lease_until: number | null
  last_error: string | null
  single_key: string | null
}
