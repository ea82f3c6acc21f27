import type { Ctx } from '../ctx.ts'
import type { NodeRef } from '../nodes/node.ts'
import type { Access } from './access-store.ts'
import { MANAGE } from './permission.ts'
import { permit, visible } from './visible.ts'

/**
 * The grants behind what a user holds on a node: the rows of its boundary, each with the room on
 * which it was given. About oneself anybody who sees the node may ask, about others with MANAGE.
 */
export async function explainAccess(
  ctx: Ctx,
  input: { readonly node: NodeRef; readonly userId: number },
): Promise<Access[]> {
  return ctx.read(async (tx) => {
    const { node, permissions } = await visible(ctx, tx, input.node)
    const isOwn = ctx.actor.kind === 'user' && ctx.actor.userId === input.userId
    if (!isOwn) permit(permissions, MANAGE)
    return tx.access.explain([node.boundaryId], input.userId)
  })
}
