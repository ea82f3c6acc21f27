import type { Ctx } from '../ctx.ts'
import { endShare } from './end-share.ts'
import { assertShared, managedShare, type SharePlace } from './managed-share.ts'

/**
 * Ends the sharing of a folder: it is one again for its owner and nobody else sees it. Needs MANAGE
 * in it. Faults: those of `managedShare`; 'forbidden' 'node' for a room that is no shared folder.
 */
export async function unshare(ctx: Ctx, { node }: { readonly node: SharePlace }): Promise<void> {
  await ctx.write(async (tx) => {
    const shared = await managedShare(ctx, tx, node)
    assertShared(shared)
    await endShare(ctx, tx, shared)
  })
}
