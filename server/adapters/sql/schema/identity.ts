/**
 * Tables of users, sessions, clients, links and export tokens. `tenant_id` is the first column of
 * every key. Secrets are here only in a one-way form (`digest`, `password_hash`) or sealed under
 * the server's key. Columns ending in `_key` hold `nameKey` of the text, for comparing without
 * case.
 */
export type IdentityTables = {
  users: UsersTable
  sessions: SessionsTable
  clients: ClientsTable
  throttles: ThrottlesTable
  links: LinksTable
  link_files: LinkFilesTable
  exports: ExportsTable
}

export type UsersTable = {
  tenant_id: number
  id: number
  user_name: string
  user_name_key: string
  first_name: string
  first_name_key: string
  last_name: string
  last_name_key: string
  email: string | null
  email_key: string | null
  phone: string | null
  language: string
  is_locked: number
  expire_at: number | null
  must_change_password: number
  agreed_at: number | null
  avatar: string | null
  home_id: number
  roles: number
  created_at: number
  last_login_at: number | null
  last_failure_at: number | null
  /** JSON object. */
  profile: string
  password_hash: string | null
}

/** Keyed by the digest of its token, since every request looks there. */
export type SessionsTable = {
  tenant_id: number
  digest: string
  id: number
  kind: string
  user_id: number
  family_id: number
  client_id: string | null
  created_at: number
  last_used_at: number
  expire_at: number
  idle_seconds: number
  user_agent: string
  address: string
  /** JSON object of texts. */
  data: string
  /** When a code was exchanged; null for everything else. */
  consumed_at: number | null
  wipe_at: number | null
}

export type ClientsTable = {
  tenant_id: number
  id: string
  name: string
  is_confidential: number
  is_enabled: number
  is_standard: number
  /** JSON array of grant types. */
  grant_types: string
  /** JSON array of addresses. */
  redirect_uris: string
  access_token_seconds: number
  refresh_token_seconds: number
  approval_seconds: number
  secret_digest: string | null
}

export type ThrottlesTable = {
  tenant_id: number
  key: string
  failures: number
  last_failure_at: number
  locked_until: number | null
}

export type LinksTable = {
  tenant_id: number
  id: number
  kind: string
  takes_uploads: number
  recipient: string | null
  node_id: number
  name: string
  name_key: string
  sealed_token: string
  digest: string
  password_hash: string | null
  created_at: number
  created_by: number
  updated_at: number
  updated_by: number
  expire_at: number | null
  max_downloads: number | null
  downloads: number
  notes: string | null
  internal_notes: string | null
  show_creator_name: number
  show_creator_user_name: number
  notify_creator: number
  max_bytes: number | null
  max_files: number | null
  show_uploaded: number
  files_expiry_days: number | null
  uploads: number
  uploaded_bytes: number
  /** JSON of the keys of an encrypted file's link. */
  keys: string | null
}

/** Files that came in through upload links. */
export type LinkFilesTable = { tenant_id: number; link_id: number; node_id: number }

export type ExportsTable = {
  tenant_id: number
  id: number
  node_id: number
  permissions: number
  created_at: number
  created_by: number
  expire_at: number | null
  label: string
  sealed_token: string
  digest: string
}
