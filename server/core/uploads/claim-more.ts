import type { Ctx } from '../ctx.ts'
import { claim } from '../quota/reserve.ts'
import type { Tx } from '../store.ts'
import type { Upload } from './upload.ts'

/**
 * Reserves for an upload of unknown size what has arrived beyond what is reserved; answers the new
 * reservation. Faults 'quota-exceeded' like `claim`.
 */
export async function claimMore(
  ctx: Ctx,
  tx: Tx,
  upload: Upload,
  received: number,
): Promise<number> {
  const more = received - upload.reserved
  if (more <= 0) return upload.reserved
  const parent = await tx.nodes.find(upload.parentId)
  const chain = parent ? [...(await tx.nodes.ancestors(parent.id)), parent] : []
  await claim(ctx, tx, { chain, roomBytes: received, bytes: more, uploadId: upload.id })
  return received
}
