/**
 * What a byte store can say went wrong. Any other error out of a store is a defect or an outage.
 * `blob-missing`: no such object (or upload). `storage-full`: no space or quota left in the store.
 * `part-mismatch`: the parts named at completion are not the parts received.
 * `size-mismatch`: the source gave more or fewer bytes than announced. `key-taken`: object exists.
 * `bad-range`: the range lies outside the object. `bad-key`: not 32 lower-case hex digits.
 */
export type BlobErrorCode =
  | 'blob-missing'
  | 'storage-full'
  | 'part-mismatch'
  | 'size-mismatch'
  | 'key-taken'
  | 'bad-range'
  | 'bad-key'

export type BlobError = Error & { name: 'BlobError'; code: BlobErrorCode }

/** Makes (does not throw) the error of a store; `cause` is what the system below said. */
export function blobError(code: BlobErrorCode, message: string, cause?: unknown): BlobError {
  const error = cause === undefined ? new Error(message) : new Error(message, { cause })
  return Object.assign(error, { name: 'BlobError' as const, code })
}

/** Whether the error is a store's, and has this code if one is given. */
export function isBlobError(error: unknown, code?: BlobErrorCode): error is BlobError {
  if (!(error instanceof Error) || error.name !== 'BlobError') return false
  return code === undefined || (error as BlobError).code === code
}
