import type { Picture, PreviewSize } from './preview.ts'

/** A picture whose bytes are a blob of their own. */
export type StoredPicture = Omit<Picture, 'bytes'> & { readonly blobId: string }

/** What is known of the preview of a blob. */
export type KeptPreview = {
  /** When it was made, or tried. */
  readonly triedAt: number
  /** null: it failed. */
  readonly picture: (StoredPicture & { readonly bytes: number; readonly md5: string | null }) | null
}

/**
 * Previews by the blob whose content they show: content never changes, so neither do they. They go
 * with the blob, and their own blobs after them.
 */
export type PreviewStore = {
  /** Undefined where none was tried, and where the blob of the picture is gone. */
  find(blobId: string, size: PreviewSize): Promise<KeptPreview | undefined>
  /** In place of what is there. */
  put(blobId: string, triedAt: number, pictures: readonly StoredPicture[]): Promise<void>
  /** Says for all sizes that nothing could be made; pictures that are there stay. */
  putFailure(blobId: string, triedAt: number): Promise<void>
}
