import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { heldOn } from '../permissions/held-on.ts'
import { MANAGE } from '../permissions/permission.ts'
import { viewerOf } from '../permissions/viewer.ts'
import type { Tx } from '../store.ts'
import type { Export } from './export-store.ts'

/**
 * Ends an export token, by its id or itself, and answers what it was. For who made it and who
 * manages its node; 'not-found' 'export' for anybody else.
 */
export async function revokeExport(
  ctx: Ctx,
  input: { readonly id: number } | { readonly token: string },
): Promise<Export> {
  actingUser(ctx)
  return ctx.write(async (tx) => {
    const found =
      'id' in input
        ? await byId(tx, input.id)
        : await tx.exports.findByDigest(ctx.secrets.digest(input.token))
    if (!found || !(await mayRevoke(ctx, tx, found))) return fault('not-found', 'export')
    await tx.exports.remove(found.id)
    const node = await tx.nodes.find(found.nodeId)
    const place = { nodeId: found.nodeId, roomId: node?.boundaryId, nodeName: node?.name }
    await recordEvents(ctx, tx, [{ type: 'export.revoked', ...place, subjectId: found.id }])
    return found
  })
}

async function byId(tx: Tx, id: number): Promise<Export | undefined> {
  return Number.isSafeInteger(id) ? tx.exports.find(id) : undefined
}

async function mayRevoke(ctx: Ctx, tx: Tx, found: Export): Promise<boolean> {
  if (found.createdBy === actingUser(ctx).userId) return true
  const node = await tx.nodes.find(found.nodeId)
  if (!node) return false
  const held = await heldOn(ctx, tx, await viewerOf(ctx, tx), node)
  return ((held ?? 0) & MANAGE) !== 0
}
