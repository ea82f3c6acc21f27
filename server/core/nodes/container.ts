import type { Ctx } from '../ctx.ts'
import { type FaultRole, fault } from '../fault.ts'
import type { Permissions } from '../permissions/permission.ts'
import { permit, type Seen, seen } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import type { NodeRef } from './node.ts'
import { resolve } from './resolve.ts'

/**
 * The room or folder into which something goes, locked so that it is neither moved nor deleted
 * before the transaction ends. Faults in this order: 'not-found', 'wrong-kind' for a file,
 * 'forbidden' without `needed`.
 */
export async function lockContainer(
  ctx: Ctx,
  tx: Tx,
  ref: NodeRef,
  needed: Permissions,
  role: FaultRole = 'target',
): Promise<Seen> {
  const found = await resolve(ctx, tx, ref)
  const [node] = found ? await tx.nodes.lock([found.id], 'stay') : []
  if (!node) return fault('not-found', 'node', role)
  const container = await seen(ctx, tx, node, role)
  if (node.kind === 'file') fault('wrong-kind', 'node', role)
  permit(container.permissions, needed, role)
  return container
}
