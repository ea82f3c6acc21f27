/** Small texts under keys. */
export type ValuesTables = { kept_values: KeptValuesTable }

/** `owner_id` is a user's id, or 0 for what is the tenant's. */
export type KeptValuesTable = {
  tenant_id: number
  owner_id: number
  key: string
  value: string
  updated_at: number
}
