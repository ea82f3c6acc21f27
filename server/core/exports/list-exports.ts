import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import type { NodeRef } from '../nodes/node.ts'
import { MANAGE } from '../permissions/permission.ts'
import { permit, visible } from '../permissions/visible.ts'
import type { Export } from './export-store.ts'

/** The token is told to who made it; null for anybody else. */
export type ExportWithToken = { readonly export: Export; readonly token: string | null }

/**
 * The export tokens that are not past their end: those that the actor made, or all of a node that
 * he manages ('not-found' and 'forbidden' 'node').
 */
export async function listExports(
  ctx: Ctx,
  input: { readonly node?: NodeRef } = {},
): Promise<readonly ExportWithToken[]> {
  const { userId } = actingUser(ctx)
  const found = await ctx.read(async (tx) => {
    if (!input.node) return tx.exports.ofCreator(userId)
    const { node, permissions } = await visible(ctx, tx, input.node, 'target')
    permit(permissions, MANAGE, 'target')
    return tx.exports.ofNode(node.id)
  })
  return found
    .filter(({ expireAt }) => expireAt === null || expireAt > ctx.now)
    .map((each) => ({
      export: each,
      token: each.createdBy === userId ? ctx.secrets.unseal(each.sealedToken) : null,
    }))
}
