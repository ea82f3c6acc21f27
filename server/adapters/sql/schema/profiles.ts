export type ProfilesTables = { profiles: ProfilesTable }

/** JSON, a row for who wrote something. */
export type ProfilesTable = {
  tenant_id: number
  user_id: number
  details: string
  settings: string
  colors: string
  fonts: string
  updated_at: number | null
}
