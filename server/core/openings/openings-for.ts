import type { Ctx } from '../ctx.ts'
import { neededToManage } from '../links/needed-to-share.ts'
import type { NodeRef } from '../nodes/node.ts'
import { has, MANAGE, type Permissions } from '../permissions/permission.ts'
import { visibleMany } from '../permissions/visible-many.ts'
import type { Tx } from '../store.ts'
import { type Opening, openingsOf } from './opened-to.ts'

/**
 * What opens nodes to others, as far as it is the actor's business: all of it where he governs
 * them, else the links that he may manage. Faults 'not-found' 'node' 'target'.
 */
export async function openingsFor(
  ctx: Ctx,
  tx: Tx,
  refs: readonly NodeRef[],
): Promise<readonly Opening[]> {
  const seen = await visibleMany(ctx, tx, refs, 'target')
  const held = new Map(seen.map(({ node, permissions }) => [node.id, permissions]))
  const nodes = seen.map(({ node }) => node)
  const openings = await openingsOf(ctx, tx, nodes)
  return openings.filter((one) => isShownTo(held.get(one.view.node.id) ?? 0, one))
}

function isShownTo(held: Permissions, opening: Opening): boolean {
  if (has(held, MANAGE)) return true
  return opening.by === 'link' && has(held, neededToManage(opening.link))
}
