import { actorId } from '../actor-id.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import type { Seen } from '../permissions/visible.ts'
import type { Tx } from '../store.ts'
import { checkDepth } from './check-depth.ts'
import type { Node, OnClash } from './node.ts'
import type { NewNode } from './node-store.ts'
import { place } from './place.ts'
import { tellAncestors } from './tell-ancestors.ts'
import type { NodeFacts } from './valid-facts.ts'

export type FolderInput = Omit<NodeFacts, 'expireAt' | 'quota' | 'trashDays'> & {
  readonly name: string
  readonly onClash: OnClash
}

/**
 * Writes a folder with its tally, the counters above and the event. The caller has locked the
 * parent and checked rights, name and facts. Faults 'invalid' 'node' 'parent' (rule 'depth').
 */
export async function insertFolder(
  ctx: Ctx,
  tx: Tx,
  parent: Seen,
  input: FolderInput,
): Promise<Node> {
  await checkDepth(ctx, tx, parent.node, 0, 'parent')
  const row = folderRow(ctx, await tx.nodes.takeIds(1), parent.node, input)
  const spot = { parent, name: input.name, isFile: false, onClash: input.onClash }
  const { name } = await place(ctx, tx, spot, (free) => tx.nodes.insert({ ...row, name: free }))
  await tx.tallies.create(row.id, ctx.now)
  await tellAncestors(ctx, tx, parent.node, { folders: 1 })
  await recordEvents(ctx, tx, [
    {
      type: 'folder.created',
      nodeId: row.id,
      roomId: row.boundaryId,
      nodeKind: 'folder',
      nodeName: name,
      data: { parent: parent.node.id },
    },
  ])
  return { ...row, name, deletedAt: null }
}

function folderRow(ctx: Ctx, id: number, parent: Node, input: FolderInput): NewNode {
  return {
    id,
    parentId: parent.id,
    kind: 'folder',
    name: input.name,
    boundaryId: parent.boundaryId,
    currentId: id,
    homeOf: null,
    targetId: null,
    createdAt: ctx.now,
    createdBy: actorId(ctx.actor),
    updatedAt: ctx.now,
    updatedBy: actorId(ctx.actor),
    clientCreatedAt: input.clientCreatedAt ?? null,
    clientModifiedAt: input.clientModifiedAt ?? null,
    notes: input.notes ?? null,
    classification: input.classification ?? null,
    expireAt: null,
    content: null,
    room: null,
    encryptedBy: parent.encryptedBy,
  }
}
