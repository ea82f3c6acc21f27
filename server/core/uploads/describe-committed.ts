import type { Ctx } from '../ctx.ts'
import { ancestorOf, describeNode, seenWay } from '../nodes/describe-nodes.ts'
import type { Node, NodeView } from '../nodes/node.ts'
import { ownRootOf, rootPathOf } from '../nodes/root-path.ts'
import { type Viewer, viewerOf } from '../permissions/viewer.ts'
import type { Tx } from '../store.ts'
import type { Person } from '../users/user.ts'
import type { Committed } from './commit-file.ts'

/**
 * What `describeNode` says of a file that was just committed. A new one has no links and no old
 * versions and its way up is known, so that most of the statements can be left out.
 */
export async function describeCommitted(
  ctx: Ctx,
  tx: Tx,
  committed: Committed,
): Promise<NodeView> {
  const { node, chain, permissions } = committed
  const viewer = await viewerOf(ctx, tx)
  if (!committed.isNew || viewer.userId === null || node.createdBy === null) {
    return describeNode(ctx, tx, node)
  }
  const person = (await tx.users.people([node.createdBy])).get(node.createdBy)
  if (!person) return describeNode(ctx, tx, node)
  return {
    node,
    permissions,
    tally: {
      rooms: 0,
      folders: 0,
      files: 0,
      size: node.content?.size ?? 0,
      revision: 0,
      listing: 0,
      changedAt: node.updatedAt,
    },
    createdBy: person,
    updatedBy: person satisfies Person,
    ancestors: seenWay(chain, viewer.within).map(ancestorOf),
    rootPath: await pathFor(tx, viewer, chain, node),
    downloadLinks: 0,
    uploadLinks: 0,
    oldVersions: 0,
    isFavorite: false,
    mountId: null,
  }
}

async function pathFor(
  tx: Tx,
  { userId, within }: Viewer,
  chain: readonly Node[],
  node: Node,
): Promise<readonly string[] | null> {
  if (within !== null || userId === null) return null
  const home = chain.findIndex(({ homeOf }) => homeOf === userId)
  if (home >= 0) return [...chain.slice(home + 1), node].map(({ name }) => name)
  const root = await ownRootOf(tx, userId)
  return root === null ? null : rootPathOf(root, chain, node)
}
