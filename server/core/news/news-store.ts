/** What happened in one room since somebody looked: files that came, by others. */
export type RoomNews = {
  readonly roomId: number
  readonly count: number
  readonly lastEventId: number
}

export type NewsStore = {
  /** Of the rooms that the user may read now, those with news after what he has seen. */
  unseen(userId: number, now: number): Promise<RoomNews[]>
  /** He has seen everything up to now: in one room, or (null) everywhere. */
  markSeen(userId: number, roomId: number | null): Promise<void>
}

/** Only so many of the tenant's last events are looked at: what is older is no news. */
export const newsWindow = 20_000
