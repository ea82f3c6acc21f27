import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { type Entry, lockEntries } from '../nodes/lock-entries.ts'
import { isMovable, type Node, type NodeRef } from '../nodes/node.ts'
import { refuseHome } from '../nodes/own-places.ts'
import { resolve } from '../nodes/resolve.ts'
import { MANAGE, ROLE_USERS } from '../permissions/permission.ts'
import { viewerOf } from '../permissions/viewer.ts'
import { permit } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'

/**
 * A node as the actor names it; or, for ROLE_USERS, as a user of the tenant would, on whose behalf
 * the sharing of his folders is looked after.
 */
export type SharePlace = NodeRef | OnBehalf
type OnBehalf = { readonly ofUser: number; readonly path: readonly string[] }

/**
 * A folder or room whose members the actor may decide on (MANAGE), locked; takes `lockTree` first.
 * Faults: 'not-found' 'node', 'wrong-kind' 'node' 'file', 'forbidden' 'node', also for homes.
 */
export async function managedContainer(ctx: Ctx, tx: Tx, place: SharePlace): Promise<Entry> {
  await tx.nodes.lockTree()
  const found = await shareAt(ctx, tx, place)
  const [entry] = isOnBehalf(place)
    ? await onBehalf(ctx, tx, found)
    : await lockEntries(ctx, tx, [found], 'change')
  if (!entry) return fault('not-found', 'node')
  if (entry.node.kind === 'file') fault('wrong-kind', 'node', 'file')
  permit(entry.permissions, MANAGE)
  refuseHome(ctx, entry.node)
  return entry
}

/** What a place names, not shown to the actor yet where it is his own. */
export async function shareAt(ctx: Ctx, tx: Tx, place: SharePlace): Promise<Node> {
  if (!isOnBehalf(place)) return (await resolve(ctx, tx, place)) ?? fault('not-found', 'node')
  const { userId, roles } = await viewerOf(ctx, tx)
  if (userId !== null && (roles & ROLE_USERS) === 0) fault('forbidden', 'user')
  const home = (await tx.nodes.homesOf([place.ofUser])).get(place.ofUser)
  if (!home) return fault('not-found', 'user')
  const found = await resolve(ctx, tx, { path: place.path, from: home.id })
  return found && (await tx.nodes.isWithin(found.id, home.id)) ? found : fault('not-found', 'node')
}

export function isOnBehalf(place: SharePlace): place is OnBehalf {
  return 'ofUser' in place
}

async function onBehalf(ctx: Ctx, tx: Tx, node: Node): Promise<Entry[]> {
  return lockEntries({ ...ctx, actor: { kind: 'system' } }, tx, [node], 'change')
}

/** The same for what is shared already; a folder that is not is 'not-found' 'node'. */
export async function managedShare(ctx: Ctx, tx: Tx, ref: SharePlace): Promise<Node> {
  const { node } = await managedContainer(ctx, tx, ref)
  if (node.kind !== 'room') fault('not-found', 'node', 'room', { rule: 'not-shared' })
  return node
}

/** A room that sharing made of a folder; others are no shares to end ('forbidden' 'node'). */
export function assertShared(node: Node): void {
  if (!isMovable(node)) fault('forbidden', 'node')
}
