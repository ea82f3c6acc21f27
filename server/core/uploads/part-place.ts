import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { checkLinkLimits } from '../links/link-limits.ts'
import { assertOpen, findUpload } from './find-upload.ts'
import { maxPartNumber } from './part-tickets.ts'
import type { UploadRef } from './upload.ts'
import { takesParts } from './write-part.ts'

/**
 * Whether a part of this number may come to `writePart`. Faults 'not-found' 'upload', 'closed' and
 * 'expired' 'upload', 'limit-reached' 'link' where a link takes no more, 'invalid' 'upload' for one
 * that takes no parts or for another number.
 */
export async function partPlace(
  ctx: Ctx,
  { upload: ref, partNumber }: { readonly upload: UploadRef; readonly partNumber: number },
): Promise<void> {
  const upload = await ctx.read((tx) => findUpload(ctx, tx, ref))
  assertOpen(ctx, upload)
  const { linkId, received } = upload
  if (linkId !== null) await ctx.read((tx) => checkLinkLimits(tx, linkId, received))
  if (!takesParts(upload))
    fault('invalid', 'upload', undefined, { field: 'direct', rule: 'chunks' })
  if (partNumber < 1 || partNumber > maxPartNumber) {
    fault('invalid', 'upload', undefined, { field: 'partNumber', rule: 'range' })
  }
}
