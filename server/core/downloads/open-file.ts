import type { Readable } from 'node:stream'
import type { ByteRange } from '../blobs/blob-store.ts'
import type { Content } from '../nodes/node.ts'

/** A file that the actor may read, ready to be streamed. */
export type OpenFile = {
  readonly name: string
  readonly content: Content
  readonly size: number
  /** Time of the content, milliseconds since the epoch. */
  readonly modifiedAt: number
  /** The bytes, whole or the range (both ends inclusive). Opened only now. */
  open(range?: ByteRange): Promise<Readable>
}
