import type { Ctx } from '../ctx.ts'
import { type FaultRole, fault } from '../fault.ts'
import { isExpired, type Node, type NodeRef } from '../nodes/node.ts'
import { resolve } from '../nodes/resolve.ts'
import type { Tx } from '../store.ts'
import { heldFrom } from './held-on.ts'
import type { Permissions } from './permission.ts'
import { type Viewer, viewerOf } from './viewer.ts'
import { type Seen, visible } from './visible.ts'

/**
 * `visible` for many, each once, in their order. What is named by its lasting id costs a constant
 * number of statements, however much it is. 'not-found' 'node' has its place in the list (item).
 */
export async function visibleMany(
  ctx: Ctx,
  tx: Tx,
  refs: readonly NodeRef[],
  role?: FaultRole,
): Promise<Seen[]> {
  const viewer = await viewerOf(ctx, tx)
  if (viewer.within !== null) return oneByOne(ctx, tx, refs, role)
  const nodes = await resolveMany(ctx, tx, refs)
  const there = nodes.filter((node) => node !== undefined)
  const held = await heldOnMany(ctx, tx, viewer, there)
  const found = new Map<number, Seen>()
  for (const [item, node] of nodes.entries()) {
    const permissions = node && heldHere(ctx, viewer, node, held)
    if (!node || permissions === undefined) return fault('not-found', 'node', role, { item })
    found.set(node.id, { node, permissions })
  }
  return [...found.values()]
}

async function oneByOne(ctx: Ctx, tx: Tx, refs: readonly NodeRef[], role?: FaultRole) {
  const found = new Map<number, Seen>()
  for (const ref of refs) {
    const one = await visible(ctx, tx, ref, role)
    found.set(one.node.id, one)
  }
  return [...found.values()]
}

/** What references mean, in their order; undefined for what is not there. */
export async function resolveMany(
  ctx: Ctx,
  tx: Tx,
  refs: readonly NodeRef[],
): Promise<(Node | undefined)[]> {
  const ids = refs.flatMap((ref) => ('id' in ref && Number.isSafeInteger(ref.id) ? [ref.id] : []))
  const found = new Map((await tx.nodes.findMany([...new Set(ids)])).map((node) => [node.id, node]))
  const nodes: (Node | undefined)[] = []
  for (const ref of refs) {
    const known = 'id' in ref ? found.get(ref.id) : undefined
    const isPlain = 'id' in ref && known?.kind !== 'mount'
    nodes.push(isPlain ? known : await resolve(ctx, tx, ref))
  }
  return nodes
}

type Held = ReadonlyMap<number, Permissions>

async function heldOnMany(
  ctx: Ctx,
  tx: Tx,
  { userId }: Viewer,
  nodes: readonly Node[],
): Promise<Held> {
  if (userId === null || nodes.length === 0) return new Map()
  const boundaries = new Set(nodes.map(({ boundaryId }) => boundaryId))
  return tx.access.ofMany([...boundaries], userId, ctx.now)
}

function heldHere(ctx: Ctx, viewer: Viewer, node: Node, held: Held): Permissions | undefined {
  return isExpired(node, ctx.now) ? undefined : heldFrom(viewer, node, held.get(node.boundaryId))
}
