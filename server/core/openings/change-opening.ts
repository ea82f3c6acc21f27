import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { changeLinksIn, checkWish, type LinkWish } from '../links/change-links.ts'
import { managedLink } from '../links/find-link.ts'
import type { NodeRef } from '../nodes/node.ts'
import type { Opening } from './opened-to.ts'
import { openingsFor } from './openings-for.ts'

export type ChangeOpening = LinkWish & {
  readonly token: string
  /** One of them has the link. */
  readonly nodes: readonly NodeRef[]
}

/**
 * Changes the link with a token and tells what opens the nodes then. As in `openNodes` a file takes
 * no uploads. Faults as `changeLinks`; 'too-many' 'node' above `limits.bulkItems`.
 */
export async function changeOpening(ctx: Ctx, input: ChangeOpening): Promise<readonly Opening[]> {
  const { token, nodes } = input
  const limit = ctx.limits.bulkItems
  if (nodes.length > limit) fault('too-many', 'node', undefined, { limit })
  const wish = await checkWish(ctx, input)
  return ctx.write(async (tx) => {
    const found = await managedLink(ctx, tx, { token, on: nodes })
    const takesUploads = found.node.kind === 'file' ? false : wish.change.takesUploads
    await changeLinksIn(ctx, tx, [found], { ...wish, change: { ...wish.change, takesUploads } })
    return openingsFor(ctx, tx, nodes)
  })
}
