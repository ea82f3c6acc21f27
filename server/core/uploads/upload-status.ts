import type { Ctx } from '../ctx.ts'
import { isFault } from '../fault.ts'
import type { NodeView } from '../nodes/node.ts'
import type { Tx } from '../store.ts'
import { viewOf } from './complete-upload.ts'
import { findUpload } from './find-upload.ts'
import type { Upload, UploadRef, UploadStatus } from './upload.ts'

/** How far an upload is, and the file that came of it as long as its user sees that. */
export async function uploadStatus(
  ctx: Ctx,
  input: { readonly upload: UploadRef },
): Promise<UploadStatus> {
  return ctx.read(async (tx) => {
    const upload = await findUpload(ctx, tx, input.upload)
    const { state, name, failure } = upload
    return { state, name, failure, view: await viewIfSeen(ctx, tx, upload) }
  })
}

async function viewIfSeen(ctx: Ctx, tx: Tx, upload: Upload): Promise<NodeView | null> {
  if (upload.state !== 'done') return null
  try {
    return await viewOf(ctx, tx, upload)
  } catch (error) {
    if (isFault(error, 'not-found')) return null
    throw error
  }
}
