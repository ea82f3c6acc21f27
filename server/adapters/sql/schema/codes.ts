/** One-time codes; secret and short text are here only in a one-way form. */
export type CodesTables = { codes: CodesTable }

export type CodesTable = {
  tenant_id: number
  id: number
  purpose: string
  user_id: number | null
  secret_digest: string
  short_digest: string | null
  created_at: number
  expire_at: number
  failures: number
  consumed_at: number | null
  /** JSON object of texts. */
  data: string
}
