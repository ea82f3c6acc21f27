/** Tables of archives, tasks, notices and previews. Rules as in schema/nodes.ts. */
export type FeedTables = {
  archives: ArchivesTable
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
}
