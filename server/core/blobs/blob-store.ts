import type { Readable } from 'node:stream'

/** First and last byte, both inclusive. An `end` past the last byte means the last byte. */
export type ByteRange = { start: number; end: number }

export type BlobFacts = { size: number; modifiedAt: number }

/**
 * One entry of a listing. `modifiedAt` is in milliseconds by the clock of the store.
 * `unfinished`: an upload that has not been completed, in progress or left by a crash; its size is
 * what the store can tell cheaply, or 0. Such a key may appear a second time as a whole object.
 */
export type BlobEntry = { key: string; size: number; modifiedAt: number; unfinished: boolean }

export type PutOptions = { size?: number; signal?: AbortSignal }

export type UploadPart = { partNumber: number; etag: string }

export type UploadedPart = UploadPart & { size: number }

/** An upload that a client makes at the store itself; `reference` is what `begin` answered. */
export type DirectUpload = { key: string; reference: string }

export type PartUrl = DirectUpload & { partNumber: number; size?: number; ttlSeconds: number }

export type DownloadUrl = {
  key: string
  ttlSeconds: number
  fileName: string
  contentType: string
  disposition: 'inline' | 'attachment'
}

/**
 * Uploads and downloads between client and store without us in the middle. Part numbers run from
 * 1 to 10,000; every part but the last has at least 5 MiB. Etags are opaque, without quotes.
 */
export type DirectTransfer = {
  /** Starts an upload and answers the store's own reference to it. */
  begin(key: string): Promise<string>
  /** Address for one HTTP PUT; with `size` the store refuses a body of any other length. */
  partUrl(input: PartUrl): Promise<string>
  /** The parts received so far by number; `blob-missing` if there is no such upload. */
  parts(upload: DirectUpload): Promise<UploadedPart[]>
  /**
   * Makes the object. `part-mismatch` leaves the upload open. Where the upload is gone because it
   * has been completed, the size of the object is answered again; otherwise `blob-missing`.
   */
  complete(input: DirectUpload & { parts: UploadPart[] }): Promise<{ size: number }>
  /** Drops the upload and its parts; a missing upload is fine. */
  abort(upload: DirectUpload): Promise<void>
  /** Address for HTTP GET (ranges allowed) that answers with this name, type and disposition. */
  downloadUrl(input: DownloadUrl): Promise<string>
}

/**
 * Immutable objects under random keys (32 lower-case hex digits). Errors: see `blob-error.ts`.
 * Every method faults `bad-key` on a key of any other form.
 */
export type BlobStore = {
  /**
   * Streams the source to a new object and resolves when it outlives a power cut. The chunks
   * belong to the store once yielded: the source must not write to them again. An existing key is
   * refused (`key-taken`), as is a byte count other than `size` (`size-mismatch`). On failure
   * nothing is visible. On abort it rejects with the signal's reason, even while the source is
   * stalled; the source's `return` is called, not waited for.
   */
  put(
    key: string,
    source: AsyncIterable<Uint8Array>,
    options?: PutOptions,
  ): Promise<{ size: number }>
  /** Opens the object or a range of it; the caller reads to the end or destroys the stream. */
  open(key: string, range?: ByteRange): Promise<Readable>
  /** Size in bytes and time in milliseconds, or undefined if there is no such object. */
  stat(key: string): Promise<BlobFacts | undefined>
  /**
   * Removes the object and every unfinished upload under this key; a missing key is fine.
   * Not flushed: after a power cut the object may be back, and a sweep finds it again.
   */
  remove(key: string): Promise<void>
  /**
   * Every object and every unfinished upload, in no order, a page at a time. A sweep removes those
   * that no version and no open upload refers to and that are older than its grace period.
   */
  list(): AsyncIterable<BlobEntry>
  /** Readiness: writes and removes a probe; `storage-full` when space is running out. */
  check(): Promise<void>
  close(): Promise<void>
  /** Only where clients may talk to the store themselves. */
  direct?: DirectTransfer
}

const KEY = /^[0-9a-f]{32}$/

/** Whether this is the form of a key. */
export function isBlobKey(key: string): boolean {
  return KEY.test(key)
}
