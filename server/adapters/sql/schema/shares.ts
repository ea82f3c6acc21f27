/** Tables of what goes on between people about their folders. */
export type SharesTables = {
  invitations: InvitationsTable
  publications: PublicationsTable
  offers: OffersTable
}

export type InvitationsTable = {
  tenant_id: number
  id: number
  digest: string
  sealed_token: string
  kind: string
  node_id: number
  /** null: whoever has the token. */
  user_id: number | null
  group_id: number | null
  permissions: number
  public_view: number
  message: string
  created_at: number
  created_by: number
  expire_at: number | null
}

export type PublicationsTable = {
  tenant_id: number
  node_id: number
  /** Names it to everybody: no secret. */
  token: string
  name: string
  created_at: number
  created_by: number
}

export type OffersTable = {
  tenant_id: number
  id: number
  token: string
  owner_id: number
  receiver_id: number
  /** null: everything in the owner's home. */
  node_id: number | null
  /** JSON arrays of names, each from the root of its user. */
  source_path: string
  target_path: string
  cleans_up: number
  message: string
  state: string
  created_at: number
}
