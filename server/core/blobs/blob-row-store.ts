/** A part of a blob: one object of the byte store. */
export type Segment = { readonly key: string; readonly size: number }

/**
 * Immutable bytes. Small ones lie in the database beside their row (`bytes`), others in the byte
 * store as one or more segments in order.
 */
export type BlobRow = {
  readonly id: string
  readonly size: number
  readonly md5: string | null
  readonly sha256: string | null
  readonly createdAt: number
}

export type BlobContent = { bytes: Uint8Array } | { segments: Segment[] }

export type BlobRowStore = {
  insertSmall(blob: BlobRow, bytes: Uint8Array): Promise<void>
  insert(blob: BlobRow, segments: readonly Segment[]): Promise<void>
  find(id: string): Promise<BlobRow | undefined>
  /** Either the bytes of a small blob or its segments; undefined when the blob is not there. */
  content(id: string): Promise<BlobContent | undefined>
  /** A blob with this size and MD5 whose live file the user can read now (deduplication). */
  findReadable(userId: number, size: number, md5: string, now: number): Promise<BlobRow | undefined>
  setHashes(id: string, md5: string, sha256: string): Promise<void>
  /**
   * Locks blobs that exist already and get one more version in this transaction, so that no sweep
   * removes them meanwhile. Answers those that are there; the others must not be referred to.
   */
  keep(ids: readonly string[]): Promise<Set<string>>
  /**
   * Looks at up to `limit` blobs after this id, in the order of ids. Answers those to which no
   * version and no preview refers, and the id to go on from (null: that was the last).
   */
  findUnreferenced(afterId: string, limit: number): Promise<{ ids: string[]; next: string | null }>
  /**
   * Marks these blobs as unreferenced since `now` where they are, and removes those that have been
   * since `before` or longer, each looked at again under a lock. Answers the segments that went.
   */
  removeUnreferenced(
    ids: readonly string[],
    now: number,
    before: number,
  ): Promise<{ blobs: number; segments: Segment[] }>
  /** Keeps a key of the byte store from the sweep until then, while its bytes still arrive. */
  holdKey(key: string, until: number): Promise<void>
  /** Ends that; true when the key was still held. */
  releaseKey(key: string): Promise<boolean>
  /** Removes holds that are over. */
  removeHolds(before: number): Promise<void>
}
