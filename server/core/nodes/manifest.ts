import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { heldFrom } from '../permissions/held-on.ts'
import { has, type Permissions, READ } from '../permissions/permission.ts'
import { viewerOf } from '../permissions/viewer.ts'
import { permit, visible } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { describeNode } from './describe-nodes.ts'
import { isExpired, type Node, type NodeRef, type NodeView, type Tally } from './node.ts'

/** A node below a container, with the names that lead to it from there. */
export type ManifestEntry = {
  readonly node: Node
  readonly names: readonly string[]
  readonly permissions: Permissions
  /** Of rooms and folders. */
  readonly tally: Tally | undefined
}

export type Manifest = { readonly root: NodeView; readonly entries: readonly ManifestEntry[] }

/**
 * Everything below a container that the actor may read, parents before children, in a constant
 * number of statements. Needs READ; a room below that he may not read is left out with all in it. A
 * file is 'wrong-kind' 'node'. More than `limits.manifestItems` there is 'too-many' 'node': part of
 * it would be taken for all.
 */
export async function manifest(ctx: Ctx, input: { readonly node: NodeRef }): Promise<Manifest> {
  const { manifestItems } = ctx.limits
  return ctx.read(async (tx) => {
    const { node: root, permissions } = await visible(ctx, tx, input.node)
    permit(permissions, READ)
    if (root.kind === 'file') fault('wrong-kind', 'node')
    // The root itself is one of them, and one more tells of too many.
    const found = await tx.nodes.firstBelow(root.id, manifestItems + 2)
    if (found.length > manifestItems + 1) {
      fault('too-many', 'node', undefined, { limit: manifestItems })
    }
    const below = found.filter(({ id, kind }) => id !== root.id && kind !== 'mount')
    return {
      root: await describeNode(ctx, tx, root),
      entries: await readable(ctx, tx, root, below),
    }
  })
}

async function readable(
  ctx: Ctx,
  tx: Tx,
  root: Node,
  below: readonly Node[],
): Promise<ManifestEntry[]> {
  const viewer = await viewerOf(ctx, tx)
  const boundaries = [...new Set([root, ...below].map(({ boundaryId }) => boundaryId))]
  const given =
    viewer.userId === null
      ? new Map<number, Permissions>()
      : await tx.access.ofMany(boundaries, viewer.userId, ctx.now)
  const tallies = await tx.tallies.of(below.filter(isContainer).map(({ id }) => id))
  const paths = new Map<number, readonly string[]>([[root.id, []]])
  return below.flatMap((node) => {
    const above = paths.get(node.parentId ?? 0)
    const held = heldFrom(viewer, node, given.get(node.boundaryId)) ?? 0
    if (!above || !has(held, READ) || isExpired(node, ctx.now)) return []
    const names = [...above, node.name]
    paths.set(node.id, names)
    return [{ node, names, permissions: held, tally: tallies.get(node.id) }]
  })
}

function isContainer({ kind }: Node): boolean {
  return kind !== 'file'
}
