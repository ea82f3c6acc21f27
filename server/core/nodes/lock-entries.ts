import type { Ctx } from '../ctx.ts'
import { type FaultRole, fault } from '../fault.ts'
import { type Seen, seen } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import type { Node, NodeRef } from './node.ts'
import { resolveEntry } from './resolve.ts'

/** Nodes about to be changed: seen by the actor, locked, with the parents locked too. */
export type Entry = Seen & { readonly parent: Node | null }

/** The entries that references mean, not locked and not shown yet; mounts stay mounts. */
export async function findEntries(
  ctx: Ctx,
  tx: Tx,
  refs: readonly NodeRef[],
  role?: FaultRole,
): Promise<Node[]> {
  const found: Node[] = []
  for (const ref of refs) {
    found.push((await resolveEntry(ctx, tx, ref)) ?? fault('not-found', 'node', role))
  }
  return found
}

/**
 * Locks and shows entries in the order of `found`. 'subtree': nothing may come into them meanwhile
 * (they move or go). Parents are locked before children, everything by id, so that transactions
 * rarely meet crosswise; where they do the store runs one again. Faults 'not-found' 'node' with the
 * role for the first that is gone or not seen.
 */
export async function lockEntries(
  ctx: Ctx,
  tx: Tx,
  found: readonly Node[],
  hold: 'stay' | 'change' | 'subtree',
  role?: FaultRole,
): Promise<Entry[]> {
  const parents = await lockParents(tx, found, new Map())
  const ids = [...new Set(found.map((node) => node.id))]
  const live =
    hold === 'subtree' ? await tx.nodes.lockSubtrees(ids) : await tx.nodes.lock(ids, hold)
  await lockParents(tx, live, parents)
  const byId = new Map(live.map((node) => [node.id, node]))
  const entries: Entry[] = []
  for (const { id } of found) {
    const node = byId.get(id) ?? fault('not-found', 'node', role)
    const parent = node.parentId === null ? null : (parents.get(node.parentId) ?? null)
    entries.push({ ...(await seen(ctx, tx, node, role)), parent })
  }
  return entries
}

/** The two for one entry that is to be changed where it is. */
export async function lockEntry(ctx: Ctx, tx: Tx, ref: NodeRef): Promise<Entry> {
  const [entry] = await lockEntries(ctx, tx, await findEntries(ctx, tx, [ref]), 'change')
  return entry ?? fault('not-found', 'node')
}

/** Faults 'mixed-parents' unless all lie in one container. */
export function checkOneParent(entries: readonly Entry[], role?: FaultRole): void {
  const parents = new Set(entries.map((entry) => entry.node.parentId))
  if (parents.size > 1) fault('mixed-parents', 'node', role)
}

/** Locks the parents that are not among the known ones yet and adds them. */
async function lockParents(
  tx: Tx,
  nodes: readonly Node[],
  known: Map<number, Node>,
): Promise<Map<number, Node>> {
  const above = nodes.flatMap((node) => (node.parentId === null ? [] : [node.parentId]))
  const ids = [...new Set(above)].filter((id) => !known.has(id))
  if (ids.length === 0) return known
  for (const node of await tx.nodes.lock(ids, 'stay')) known.set(node.id, node)
  return known
}
