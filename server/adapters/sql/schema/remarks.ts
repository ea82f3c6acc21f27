/** What people say about nodes and which of them they keep at hand. */
export type RemarksTables = {
  comments: CommentsTable
  comment_assignees: CommentAssigneesTable
  favorites: FavoritesTable
}

/** A comment that was deleted stays as a row without text. */
export type CommentsTable = {
  tenant_id: number
  id: number
  node_id: number
  text: string
  tagged_text: string
  is_task: number
  due_at: number | null
  created_at: number
  created_by: number | null
  updated_at: number
  updated_by: number | null
  is_changed: number
  deleted_at: number | null
}

export type CommentAssigneesTable = {
  tenant_id: number
  comment_id: number
  user_id: number
  status: string
}

export type FavoritesTable = {
  tenant_id: number
  user_id: number
  node_id: number
  created_at: number
}
