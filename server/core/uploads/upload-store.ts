import type { Upload, UploadPart, UploadState } from './upload.ts'

export type UploadStore = {
  takeId(): Promise<number>
  insert(upload: Upload, tokenDigest: string): Promise<void>
  find(id: number): Promise<Upload | undefined>
  findByToken(tokenDigest: string): Promise<Upload | undefined>
  /** Like `find`, and no other transaction changes it until this one ends. */
  findForUpdate(id: number): Promise<Upload | undefined>
  update(
    id: number,
    change: Partial<Pick<Upload, 'state' | 'nodeId' | 'failure' | 'directKey' | 'directReference'>>,
  ): Promise<void>
  parts(id: number): Promise<UploadPart[]>
  /** Writes or replaces the part at its position. */
  putPart(id: number, part: UploadPart): Promise<void>
  /** Removes the parts from this position on (a chunk sent again). */
  removePartsFrom(id: number, position: number): Promise<void>
  removeParts(id: number): Promise<void>
  /** Expired uploads in these states. */
  expired(now: number, states: readonly UploadState[], limit: number): Promise<Upload[]>
  remove(id: number): Promise<void>
}
