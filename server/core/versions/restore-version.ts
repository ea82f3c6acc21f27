import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { lockContainer } from '../nodes/container.ts'
import { describeNode } from '../nodes/describe-nodes.ts'
import type { NodeRef, NodeView } from '../nodes/node.ts'
import { CREATE, READ } from '../permissions/permission.ts'
import { permit, visible } from '../permissions/visible.ts'
import { commitFile } from '../uploads/commit-file.ts'

export type RestoreVersion = { readonly node: NodeRef; readonly versionId: number }

/**
 * Makes the content of an old version the newest version of a live file, under a new id: READ on
 * it, and what overwriting it needs. The same for the current version changes nothing. Faults
 * 'wrong-kind' 'node' 'file', 'not-found' 'version', 'quota-exceeded'.
 */
export async function restoreVersion(ctx: Ctx, input: RestoreVersion): Promise<NodeView> {
  return ctx.write(async (tx) => {
    const { node, permissions } = await visible(ctx, tx, input.node, 'file')
    if (node.content === null) return fault('wrong-kind', 'node', 'file')
    permit(permissions, READ, 'file')
    if (input.versionId === node.content.versionId) return describeNode(ctx, tx, node)
    const parent = await lockContainer(ctx, tx, { id: node.parentId ?? 0 }, CREATE, 'parent')
    const versions = await tx.nodes.versions(node.id)
    const version = versions.find(({ id }) => id === input.versionId)
    const { blobId = '', mediaType } = version?.content ?? {}
    const kept = version ? await tx.blobs.keep([blobId]) : new Set()
    const blob = kept.has(blobId) ? await tx.blobs.find(blobId) : undefined
    if (!version || !blob) return fault('not-found', 'version')
    const committed = await commitFile(ctx, tx, parent, {
      name: node.name,
      blob,
      facts: { mediaType, clientModifiedAt: version.clientModifiedAt },
      onClash: 'overwrite',
      replaceId: node.id,
      restoredAt: version.createdAt,
    })
    return describeNode(ctx, tx, committed.node)
  })
}
