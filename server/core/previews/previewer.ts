import type { Readable } from 'node:stream'
import type { Picture, PreviewFailure } from './preview.ts'

/** Bytes of which pictures are made. What they are is told by the bytes alone, never by a name. */
export type PreviewSource = {
  readonly size: number
  /** The first bytes, `headBytes` of them where there are so many. */
  readonly head: Uint8Array
  /** All bytes, opened at most once. */
  open(): Promise<Readable>
}

/** Enough of a file to tell what it is. */
export const headBytes = 1024

/** Pictures of every size, or why there are none and never will be. */
export type Previewed =
  | { readonly pictures: readonly Picture[] }
  | { readonly failure: PreviewFailure }

/** Makes pictures of files that anybody may have made. What passes its suite is one. */
export type Previewer = {
  /** Whether something here makes pictures of what begins like this. */
  takes(head: Uint8Array): boolean
  /**
   * Bounded in time, waiting included. Faults 'unavailable' 'preview' when there is too much to do,
   * or the process ends: it may be tried again at any time. What `open` throws passes through.
   */
  make(source: PreviewSource): Promise<Previewed>
  /** Ends what runs; whoever waits is told 'unavailable'. */
  close(): Promise<void>
}
