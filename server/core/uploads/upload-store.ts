import type { FoundUpload, Upload, UploadPart } from './upload.ts'

export type UploadProgress = Pick<Upload, 'received' | 'partCount' | 'reserved' | 'expiresAt'>

export type UploadEnd = Pick<Upload, 'state' | 'nodeId' | 'failure' | 'reserved'>

export type UploadStore = {
  takeId(): Promise<number>
  insert(upload: Upload, tokenDigest: string): Promise<void>
  find(id: number): Promise<FoundUpload | undefined>
  findByToken(tokenDigest: string): Promise<FoundUpload | undefined>
  /** Like `find`, and no other transaction changes it until this one ends. */
  findForUpdate(id: number): Promise<FoundUpload | undefined>
  setProgress(id: number, progress: UploadProgress): Promise<void>
  setState(id: number, end: UploadEnd): Promise<void>
  /** In the order of their positions, with the bytes of those that lie in the row. */
  parts(id: number): Promise<UploadPart[]>
  findPart(id: number, position: number): Promise<Pick<UploadPart, 'key' | 'size'> | undefined>
  /** Positions and MD5s of all parts, without bytes. */
  partTags(id: number): Promise<Pick<UploadPart, 'position' | 'md5'>[]>
  /** Writes or replaces the part at its position. */
  putPart(id: number, part: UploadPart): Promise<void>
  /** Removes the parts from this position on (a chunk sent again). */
  removePartsFrom(id: number, position: number): Promise<void>
  /** Says in which rooms with a quota the upload's reserved bytes count. */
  setRooms(id: number, roomIds: readonly number[]): Promise<void>
  /** Bytes reserved in these rooms by uploads other than `exceptId`; none has no entry. */
  reservedIn(roomIds: readonly number[], exceptId: number | null): Promise<Map<number, number>>
  /** Uploads past their end, in any state. */
  expired(now: number, limit: number): Promise<Upload[]>
  /** Removes the upload with its parts and rooms. */
  remove(id: number): Promise<void>
}
