import type { Ctx } from '../ctx.ts'
import { type FaultRole, fault } from '../fault.ts'
import type { Node, NodeRef } from '../nodes/node.ts'
import { resolve } from '../nodes/resolve.ts'
import type { Tx } from '../store.ts'
import { heldOn } from './held-on.ts'
import { has, type Permissions } from './permission.ts'
import { viewerOf } from './viewer.ts'

/** A node and what the actor holds on it. */
export type Seen = { readonly node: Node; readonly permissions: Permissions }

/**
 * Finds a node for the actor. Unknown, deleted, expired and invisible are the same fault:
 * 'not-found' 'node' with the role it plays. A mount stands for the room it shows.
 */
export async function visible(ctx: Ctx, tx: Tx, ref: NodeRef, role?: FaultRole): Promise<Seen> {
  // Asked first, so that nobody learns without a session which ids exist.
  if (ctx.actor.kind === 'anonymous') return fault('unauthenticated', 'session')
  const node = await resolve(ctx, tx, ref)
  if (!node) return fault('not-found', 'node', role)
  return seen(ctx, tx, node, role)
}

/** `visible` for a row that is loaded already, after it was locked. */
export async function seen(ctx: Ctx, tx: Tx, node: Node, role?: FaultRole): Promise<Seen> {
  const viewer = await viewerOf(ctx, tx)
  const permissions = await heldOn(ctx, tx, viewer, node)
  if (permissions === undefined) return fault('not-found', 'node', role)
  return { node, permissions }
}

/** Faults 'forbidden' 'node' when something of `needed` is missing. */
export function permit(held: Permissions, needed: Permissions, role?: FaultRole): void {
  if (!has(held, needed)) fault('forbidden', 'node', role)
}
