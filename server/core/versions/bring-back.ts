import { actorId } from '../actor-id.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { isExpired, type Node, type OnClash } from '../nodes/node.ts'
import type { Version } from '../nodes/node-store.ts'
import { place } from '../nodes/place.ts'
import { tellAncestors } from '../nodes/tell-ancestors.ts'
import { permit, type Seen } from '../permissions/visible.ts'
import { claim } from '../quota/reserve.ts'
import type { Tx } from '../store.ts'
import { overwriteNeeds } from '../uploads/commit-file.ts'

type InPlace = { readonly parent: Seen; readonly keepLinks?: boolean }

/**
 * Makes a superseded version of a live file its current one again, under its own id; the one that
 * was current takes its place among the superseded. What overwriting needs is checked on `parent`,
 * which is locked. Links end unless they are to be kept, as with any overwriting.
 */
export async function bringBackVersion(
  ctx: Ctx,
  tx: Tx,
  fileId: number,
  version: Version,
  { parent, keepLinks }: InPlace,
): Promise<number> {
  permit(parent.permissions, overwriteNeeds, 'target')
  const [file] = await tx.nodes.lock([fileId], 'change')
  if (!file?.content) return fault('not-found', 'node')
  const by = actorId(ctx.actor)
  await tx.nodes.supersedeVersion(file.content.versionId, ctx.now, by)
  await tx.trash.reopenVersion(version.id, fileId, fileId)
  await tx.nodes.update(fileId, {
    currentId: version.id,
    content: version.content,
    clientModifiedAt: version.clientModifiedAt ?? null,
    updatedAt: ctx.now,
    updatedBy: by,
  })
  const grown = version.content.size - file.content.size
  const chain = [...(await tx.nodes.ancestors(parent.node.id)), parent.node]
  await claim(ctx, tx, { chain, roomBytes: grown, bytes: 0 })
  await tellAncestors(ctx, tx, parent.node, { size: grown })
  // The keys of a link open the version that was current.
  if (!keepLinks || file.encryptedBy !== null) await tx.links.removeOfNodes([fileId])
  await tellVersion(ctx, tx, file, version.id, file.content.versionId)
  return fileId
}

/** A superseded version becomes a file of its own, by the clash rule; it keeps its id. */
export async function splitVersion(
  ctx: Ctx,
  tx: Tx,
  file: Node,
  version: Version,
  parent: Seen,
  { onClash, keepLinks }: { readonly onClash: OnClash; readonly keepLinks?: boolean },
): Promise<number> {
  const { deletedAt: _, ...facts } = file
  const id = await tx.nodes.takeIds(1)
  const row = {
    ...facts,
    id,
    parentId: parent.node.id,
    boundaryId: parent.node.boundaryId,
    currentId: version.id,
    createdAt: version.createdAt,
    createdBy: version.createdBy,
    updatedAt: ctx.now,
    updatedBy: actorId(ctx.actor),
    clientModifiedAt: version.clientModifiedAt ?? null,
    expireAt: isExpired(file, ctx.now) ? null : file.expireAt,
    content: version.content,
  }
  const linksTo = keepLinks ? id : undefined
  const spot = { parent, name: file.name, isFile: true, onClash, linksTo }
  const { name } = await place(ctx, tx, spot, (free) => tx.nodes.insert({ ...row, name: free }))
  await tx.trash.reopenVersion(version.id, file.id, id)
  const { size } = version.content
  const chain = [...(await tx.nodes.ancestors(parent.node.id)), parent.node]
  await claim(ctx, tx, { chain, roomBytes: size, bytes: 0 })
  await tellAncestors(ctx, tx, parent.node, { files: 1, size })
  await recordEvents(ctx, tx, [
    {
      type: 'node.restored',
      nodeId: id,
      roomId: parent.node.boundaryId,
      nodeKind: 'file',
      nodeName: name,
      data: { parent: parent.node.id, size, version: version.id, of: file.id },
    },
  ])
  return id
}

/** Tells that an older content of a file is its current one. */
export async function tellVersion(
  ctx: Ctx,
  tx: Tx,
  file: Node,
  version: number,
  before: number,
): Promise<void> {
  await recordEvents(ctx, tx, [
    {
      type: 'version.restored',
      nodeId: file.id,
      roomId: file.boundaryId,
      nodeKind: 'file',
      nodeName: file.name,
      data: { parent: file.parentId, version, before },
    },
  ])
}
