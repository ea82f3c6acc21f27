/** Tables of client-side encryption. Rules as in schema/nodes.ts. */
export type KeysTables = {
  tenant_encryption: TenantEncryptionTable
  key_pairs: KeyPairsTable
  encrypted_rooms: EncryptedRoomsTable
  file_keys: FileKeysTable
}

/** A row: rooms of the tenant may be encrypted. */
export type TenantEncryptionTable = {
  tenant_id: number
  enabled_at: number
  enabled_by: number | null
}

/**
 * `holder_id` is the id of a user or room, 0 for the tenant. `slot` says version and age, each once
 * for a holder: 0 RSA-4096, 1 A, 2 previous RSA-4096, 3 previous A; the least is the best.
 */
export type KeyPairsTable = {
  tenant_id: number
  id: number
  holder_kind: string
  holder_id: number
  slot: number
  public_key: string
  private_key: string
  created_at: number
  created_by: number | null
}

export type EncryptedRoomsTable = {
  tenant_id: number
  room_id: number
  uses_tenant_key: number
}

export type FileKeysTable = {
  tenant_id: number
  node_id: number
  version_id: number
  pair_id: number
  version: string
  wrapped_key: string
  iv: string
  tag: string
}
