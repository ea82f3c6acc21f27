/** Tables of archives, tasks, notices and previews. Rules as in schema/nodes.ts. */
export type FeedTables = {
  archives: ArchivesTable
  tasks: TasksTable
  notices: NoticesTable
}

export type ArchivesTable = {
  tenant_id: number
  id: number
  digest: string
  holder: string
  /** JSON array of node ids. */
  node_ids: string
  name: string
  created_at: number
  expire_at: number
  state: string
  size: number
  sent: number
  sealed_token: string
  updated_at: number
  is_backup: number
}

export type TasksTable = {
  tenant_id: number
  id: number
  digest: string
  kind: string
  holder: string
  state: string
  progress: number
  /** JSON objects. */
  input: string
  memo: string
  result: string | null
  failure: string | null
  created_at: number
  updated_at: number
  expire_at: number
}

export type NoticesTable = {
  tenant_id: number
  id: number
  user_id: number
  from_id: number | null
  action: string
  is_global: number
  is_interactive: number
  status: string
  text: string
  node_id: number | null
  single_key: string | null
  created_at: number
  updated_at: number
}
