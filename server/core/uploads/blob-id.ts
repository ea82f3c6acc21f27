import type { Ctx } from '../ctx.ts'

/**
 * A new id of a blob: 32 hex digits that begin with the time, so that rows of one time lie together
 * in their index. No secret; keys of the byte store are random throughout.
 */
export function newBlobId(ctx: Pick<Ctx, 'now' | 'secrets'>): string {
  return ctx.now.toString(16).padStart(12, '0').slice(-12) + ctx.secrets.blobKey().slice(12)
}
