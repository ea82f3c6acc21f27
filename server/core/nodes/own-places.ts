import type { Ctx } from '../ctx.ts'
import { type FaultRole, fault } from '../fault.ts'
import { heldOn } from '../permissions/held-on.ts'
import { MANAGE, ROLE_ROOMS } from '../permissions/permission.ts'
import { viewerOf } from '../permissions/viewer.ts'
import type { Tx } from '../store.ts'
import type { Entry } from './lock-entries.ts'
import type { Node } from './node.ts'

/**
 * Homes and the room above them come and go with accounts, not by what users do: 'forbidden'
 * 'node', with data.rule 'homes' for the room above them.
 */
export function refuseHome(ctx: Ctx, node: Node, role?: FaultRole): void {
  if (node.id === ctx.tenant.homesId) fault('forbidden', 'node', role, { rule: 'homes' })
  if (node.homeOf !== null) fault('forbidden', 'node', role)
}

/**
 * Whether the actor manages a room from outside: MANAGE in the room above; of a top room by
 * ROLE_ROOMS, or, with `orInside`, by MANAGE of the room itself.
 */
export async function managesFromAbove(
  ctx: Ctx,
  tx: Tx,
  room: Entry,
  orInside: boolean,
): Promise<boolean> {
  const viewer = await viewerOf(ctx, tx)
  if (viewer.userId === null) return true
  if (room.parent) {
    const held = await heldOn(ctx, tx, viewer, room.parent)
    return ((held ?? 0) & MANAGE) !== 0
  }
  return (viewer.roles & ROLE_ROOMS) !== 0 || (orInside && (room.permissions & MANAGE) !== 0)
}
