import type { Ctx } from '../ctx.ts'
import type { Tx } from '../store.ts'
import type { Node } from './node.ts'

/** What a change adds to the children of one container and to the bytes below it. */
export type Delta = {
  readonly rooms?: number
  readonly folders?: number
  readonly files?: number
  readonly size?: number
}

/**
 * Writes a change among the children of `parent` to its tally and to those of all above. The parent
 * is locked ('stay' at least), so that the way up is the one that is written. Top rooms have no
 * parent and nothing to tell.
 */
export async function tellAncestors(
  ctx: Ctx,
  tx: Tx,
  parent: Node | null,
  delta: Delta,
): Promise<void> {
  if (parent === null) return
  const above = await tx.nodes.ancestors(parent.id)
  const ancestorIds = [...above.map((node) => node.id), parent.id]
  await tx.tallies.apply({ ...delta, ancestorIds, parentId: parent.id, at: ctx.now })
}

/** The delta of one node more (`sign` 1) or less (-1) with so many bytes in it. */
export function deltaOf(node: Pick<Node, 'kind'>, bytes: number, sign: 1 | -1): Delta {
  const size = sign * bytes
  if (node.kind === 'room') return { rooms: sign, size }
  if (node.kind === 'folder') return { folders: sign, size }
  return node.kind === 'file' ? { files: sign, size } : {}
}

/** Bytes of the current versions in a node and below it. */
export async function bytesIn(tx: Tx, node: Node): Promise<number> {
  if (node.kind === 'file') return node.content?.size ?? 0
  if (node.kind === 'mount') return 0
  return (await tx.tallies.of([node.id])).get(node.id)?.size ?? 0
}
