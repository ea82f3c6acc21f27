import { type PreviewSize, previewSizes } from '../../core/previews/preview.ts'
import type { PreviewStore, StoredPicture } from '../../core/previews/preview-store.ts'
import type { PreviewsTable } from './schema/previews.ts'
import type { Scope } from './scope.ts'

/** What is known of pictures of one tenant's files. */
export function previewStore({ db, tenantId }: Scope): PreviewStore {
  const row = (blobId: string, size: PreviewSize, triedAt: number): PreviewsTable => ({
    tenant_id: tenantId,
    blob_id: blobId,
    preview_size: size,
    tried_at: triedAt,
    picture_id: null,
    media_type: null,
    width: null,
    height: null,
  })
  return {
    async find(blobId, size) {
      const found = await db
        .selectFrom('previews as p')
        .leftJoin('blobs as b', (join) =>
          join.onRef('b.tenant_id', '=', 'p.tenant_id').onRef('b.id', '=', 'p.picture_id'),
        )
        .select(['p.tried_at', 'p.picture_id', 'p.media_type', 'p.width', 'p.height'])
        .select(['b.size as bytes', 'b.md5'])
        .where('p.tenant_id', '=', tenantId)
        .where('p.blob_id', '=', blobId)
        .where('p.preview_size', '=', size)
        .executeTakeFirst()
      if (!found) return undefined
      const { tried_at: triedAt, picture_id: pictureId, bytes, md5 } = found
      if (pictureId === null) return { triedAt, picture: null }
      if (bytes === null) return undefined
      const mediaType = found.media_type as StoredPicture['mediaType']
      const edges = { width: found.width ?? 0, height: found.height ?? 0 }
      return { triedAt, picture: { size, blobId: pictureId, mediaType, ...edges, bytes, md5 } }
    },
    async put(blobId, triedAt, pictures) {
      const rows = pictures.map(({ size, blobId: pictureId, mediaType, width, height }) => ({
        ...row(blobId, size, triedAt),
        picture_id: pictureId,
        media_type: mediaType,
        width,
        height,
      }))
      await db
        .insertInto('previews')
        .values(rows)
        .onConflict((clash) =>
          clash.columns(['tenant_id', 'blob_id', 'preview_size']).doUpdateSet((eb) => ({
            tried_at: eb.ref('excluded.tried_at'),
            picture_id: eb.ref('excluded.picture_id'),
            media_type: eb.ref('excluded.media_type'),
            width: eb.ref('excluded.width'),
            height: eb.ref('excluded.height'),
          })),
        )
        .execute()
    },
    async putFailure(blobId, triedAt) {
      await db
        .insertInto('previews')
        .values(previewSizes.map((size) => row(blobId, size, triedAt)))
        .onConflict((clash) =>
          clash
            .columns(['tenant_id', 'blob_id', 'preview_size'])
            .doUpdateSet({ tried_at: triedAt }),
        )
        .execute()
    },
  }
}
