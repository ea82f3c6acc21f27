import type { Ctx } from '../ctx.ts'
import type { NewEvent } from '../event.ts'
import type { Node } from '../nodes/node.ts'
import { tellAncestors } from '../nodes/tell-ancestors.ts'
import { heldOn } from '../permissions/held-on.ts'
import { viewerOf } from '../permissions/viewer.ts'
import { permit } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import type { Link } from './link.ts'
import { neededToManage } from './needed-to-share.ts'

/**
 * The node of a link that the actor may manage; undefined where the node is not visible to him.
 * Faults 'forbidden' 'node' 'target' where it is: whoever sees a node sees that it has links.
 */
export async function managedNode(ctx: Ctx, tx: Tx, link: Link): Promise<Node | undefined> {
  const node = await tx.nodes.find(link.nodeId)
  if (!node) return undefined
  const held = await heldOn(ctx, tx, await viewerOf(ctx, tx), node)
  if (held === undefined) return undefined
  permit(held, neededToManage(link), 'target')
  return node
}

/** Listings show what links there are: the one in which the node stands counts as changed. */
export async function tellLinkChange(ctx: Ctx, tx: Tx, node: Node): Promise<void> {
  const parent = node.parentId === null ? undefined : await tx.nodes.find(node.parentId)
  await tellAncestors(ctx, tx, parent ?? null, {})
}

/** An event about a link on this node; `use` says for what it was used. */
export function linkEvent(
  type: NewEvent['type'],
  link: Link,
  node: Node,
  use: Link['kind'] = link.kind,
): NewEvent {
  return {
    type,
    nodeId: node.id,
    roomId: node.boundaryId,
    nodeKind: node.kind === 'mount' ? undefined : node.kind,
    nodeName: node.name,
    subjectId: link.id,
    data: { kind: use },
  }
}
