import type { Ctx } from '../ctx.ts'
import { isExpired, type Node } from '../nodes/node.ts'
import type { Tx } from '../store.ts'
import { ALL, type Permissions, ROLE_ROOMS } from './permission.ts'
import type { Shown, Viewer } from './viewer.ts'

/**
 * What the viewer holds on a live node; undefined: he does not see it. A room is seen with any
 * access row (0 is passage) and, when it is a top room, by whoever manages those; a folder or file
 * only where something is held. Decided from ids alone.
 */
export async function heldOn(
  ctx: Ctx,
  tx: Tx,
  viewer: Viewer,
  node: Node,
): Promise<Permissions | undefined> {
  if (isExpired(node, ctx.now)) return undefined
  if (viewer.shown) {
    const held = heldFrom(viewer, node, undefined)
    if (held === undefined || node.id === viewer.within) return held
    return (await tx.nodes.isWithin(node.id, viewer.within ?? 0)) ? held : undefined
  }
  const given =
    viewer.userId === null ? ALL : await tx.access.of(node.boundaryId, viewer.userId, ctx.now)
  const held = heldFrom(viewer, node, given)
  if (held === undefined || viewer.within === null) return held
  return (await tx.nodes.isWithin(node.id, viewer.within)) ? held : undefined
}

/** The same from a boundary's permissions that are known already, without the subtree's bound. */
export function heldFrom(
  viewer: Viewer,
  node: Node,
  given: Permissions | undefined,
): Permissions | undefined {
  if (viewer.userId === null) return ALL
  if (viewer.shown) return shows(viewer, viewer.shown, node) ? viewer.mask : undefined
  if (given === undefined) return managesTopRoom(viewer, node) ? 0 : undefined
  const held = given & viewer.mask
  return node.kind === 'room' || held !== 0 ? held : undefined
}

function managesTopRoom(viewer: Viewer, node: Node): boolean {
  return node.kind === 'room' && node.parentId === null && (viewer.roles & ROLE_ROOMS) !== 0
}

/** Rooms within a shared room have members of their own: they are not shown along. */
function shows({ within }: Viewer, { boundaryId, isAlone }: Shown, node: Node): boolean {
  if (node.id === within) return true
  const isKind = node.kind === 'folder' || node.kind === 'file'
  return !isAlone && isKind && node.boundaryId === boundaryId
}
