export type NewsTables = { news_seen: NewsSeenTable }

export type NewsSeenTable = {
  tenant_id: number
  user_id: number
  /** 0: every room. */
  room_id: number
  event_id: number
}
