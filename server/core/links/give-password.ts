import type { Ctx } from '../ctx.ts'
import { enterLink, type LinkKey } from './enter-link.ts'
import { issueLinkPass } from './link-pass.ts'

/** Exchanges the password of a link for a pass (`link-pass.ts`). Faults as `enterLink`. */
export async function givePassword(
  ctx: Ctx,
  input: LinkKey,
): Promise<{ pass: string; expireAt: number }> {
  return enterLink(ctx, input, async (_tx, entered) => issueLinkPass(ctx, entered), 'read')
}
