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

export type BlobRowStore = {
  insertSmall(blob: BlobRow, bytes: Uint8Array): Promise<void>
  insert(blob: BlobRow, segments: readonly Segment[]): Promise<void>
  find(id: string): Promise<BlobRow | undefined>
  /** Either the bytes of a small blob or its segments; undefined when the blob is not there. */
  content(id: string): Promise<{ bytes: Uint8Array } | { segments: Segment[] } | undefined>
  /** Blobs with this size and MD5 whose file the user can read now (deduplication). */
  findReadable(
    userId: number,
    size: number,
    md5: string,
    now: number,
  ): Promise<BlobRow | undefined>
  setHashes(id: string, md5: string, sha256: string): Promise<void>
  /** Removes rows that no version refers to and that are older than `before`. */
  removeUnreferenced(before: number, limit: number): Promise<number>
}
