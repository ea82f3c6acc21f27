/** What users wrote to the administrators. */
export type FeedbackTables = { feedback: FeedbackTable }

export type FeedbackTable = {
  tenant_id: number
  id: number
  user_id: number
  name: string
  email: string | null
  comment: string
  created_at: number
}
