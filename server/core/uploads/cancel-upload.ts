import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { bookTenant } from '../quota/reserve.ts'
import type { Tx } from '../store.ts'
import { dropObjects } from './drop-objects.ts'
import { findUpload, uploaderOf } from './find-upload.ts'
import { dropRunning } from './running-hashes.ts'
import type { Upload, UploadRef } from './upload.ts'
import { inTurn } from './upload-turns.ts'

/**
 * Ends an upload that is not completed and gives its reservation back. Faults 'closed' 'upload'
 * when it is over already, 'not-found' 'upload' when there is none, and 'not-found' 'ticket' for
 * the token of an account that is locked, expired or gone.
 */
export async function cancelUpload(ctx: Ctx, input: { readonly upload: UploadRef }): Promise<void> {
  await inTurn(ctx, input.upload, async () => {
    const { upload, keys } = await ctx.write(async (tx) => {
      const named = await findUpload(ctx, tx, input.upload)
      const { id } = named
      if ('token' in input.upload && named.linkId === null) await uploaderOf(ctx, tx, named)
      const found = await tx.uploads.findForUpdate(id)
      if (!found) return fault('not-found', 'upload')
      if (found.state !== 'open') fault('closed', 'upload', undefined, { state: found.state })
      const freed = await emptyUpload(ctx, tx, found)
      const end = { state: 'cancelled', nodeId: null, failure: null, reserved: 0 } as const
      await tx.uploads.setState(id, end)
      return { upload: found, keys: freed }
    })
    dropRunning(ctx, upload.id)
    await dropObjects(ctx, keys)
    await abortDirect(ctx, upload)
  })
}

/** Frees the reservation and removes the parts; answers the objects that nothing refers to then. */
export async function emptyUpload(ctx: Ctx, tx: Tx, upload: Upload): Promise<string[]> {
  const parts = await tx.uploads.parts(upload.id)
  await bookTenant(ctx, tx, -upload.reserved)
  await tx.uploads.removePartsFrom(upload.id, 0)
  return parts.flatMap(({ key }) => (key === null ? [] : [key]))
}

/** Drops what the byte store keeps of a direct upload; what fails is left to the sweep. */
export async function abortDirect(
  ctx: Pick<Ctx, 'blobs' | 'log'>,
  { directKey: key, directReference: reference }: Pick<Upload, 'directKey' | 'directReference'>,
): Promise<void> {
  if (key === null || reference === null || !ctx.blobs.direct) return
  try {
    await ctx.blobs.direct.abort({ key, reference })
  } catch (error) {
    ctx.log.warn({ key, error: String(error) }, 'A direct upload is left to the sweep')
  }
}
