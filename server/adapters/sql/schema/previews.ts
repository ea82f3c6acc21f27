/** Pictures that were made of files. */
export type PreviewsTables = { previews: PreviewsTable }

/**
 * By the blob whose content is shown. `picture_id` is the blob of the picture; null, and with it
 * what is said of the picture: it could not be made.
 */
export type PreviewsTable = {
  tenant_id: number
  blob_id: string
  preview_size: string
  tried_at: number
  picture_id: string | null
  media_type: string | null
  width: number | null
  height: number | null
}
