export type ArchiveState = 'ordered' | 'running' | 'done' | 'failed'

/** An archive that somebody may fetch by its token for a while. */
export type ArchiveOrder = {
  readonly id: number
  /** Whose authority opens it, as `holderOf` says. */
  readonly holder: string
  readonly nodeIds: readonly number[]
  /** Ends in '.zip'. */
  readonly name: string
  readonly createdAt: number
  readonly expireAt: number
  readonly state: ArchiveState
  /** Bytes of the archive; 0 until it was opened once. */
  readonly size: number
  /** Bytes that the newest reader has been given. */
  readonly sent: number
  /** The token under the server's key: shown again to its holder. */
  readonly sealedToken: string
  readonly updatedAt: number
  /** A backup: its log tells how each time it was fetched ended. */
  readonly isBackup: boolean
}

export type ArchiveProgress = Partial<Pick<ArchiveOrder, 'state' | 'size' | 'sent'>> &
  Pick<ArchiveOrder, 'updatedAt'>

export type ArchiveStore = {
  takeId(): Promise<number>
  insert(order: ArchiveOrder, digest: string): Promise<void>
  findByDigest(digest: string): Promise<ArchiveOrder | undefined>
  /** Those of one holder that have not expired, the newest first. */
  ofHolder(holder: string, now: number, limit: number): Promise<ArchiveOrder[]>
  /** Does nothing for one that is gone. */
  update(id: number, progress: ArchiveProgress): Promise<void>
  remove(id: number): Promise<void>
  /** Removes up to `limit` that have expired; answers how many. */
  removeExpired(now: number, limit: number): Promise<number>
}
