import type { Ctx } from '../ctx.ts'
import type { NewEvent } from '../event.ts'
import { recordEvents } from '../events/record-events.ts'
import { type Node, toldKind } from '../nodes/node.ts'
import type { Tx } from '../store.ts'
import { notThere } from './deleted-entry.ts'
import type { TrashEntry } from './trash-entry.ts'

/**
 * Removes one entry for good; the tenant's bytes are free at once. A deleted file goes with its
 * last version; with others left, the newest of them stands for it. The caller has locked the tree
 * for folders and decided that it may go. 'not-found' 'node' where it is no entry any more.
 */
export async function purgeEntry(ctx: Ctx, tx: Tx, entry: TrashEntry): Promise<void> {
  const { node, version } = entry
  await lock(tx, node)
  if (!version) return purgeWhole(ctx, tx, node)
  if (node.deletedAt === null) return purgeVersions(ctx, tx, node, [version.id])
  const others = (await tx.nodes.versions(node.id)).filter(({ id }) => id !== version.id)
  const [newest] = others
  if (!newest) return purgeWhole(ctx, tx, node)
  if (version.id === node.content?.versionId) {
    await tx.trash.chooseVersion({ ...entry, id: newest.id, version: newest })
  }
  await purgeVersions(ctx, tx, node, [version.id])
}

/** All entries of one node that came into the trash at `until` or before. */
export async function purgeNodeEntries(
  ctx: Ctx,
  tx: Tx,
  entries: readonly TrashEntry[],
  until: number,
): Promise<void> {
  const [first] = entries
  if (!first) return
  const { node } = first
  await lock(tx, node)
  if (node.deletedAt !== null && node.deletedAt <= until) return purgeWhole(ctx, tx, node)
  const ids = entries.flatMap(({ version }) => (version ? [version.id] : []))
  await purgeVersions(ctx, tx, node, ids)
}

async function lock(tx: Tx, node: Node): Promise<void> {
  if (node.deletedAt !== null) {
    if (!(await tx.trash.lockDeleted(node.id))) notThere()
  } else if ((await tx.nodes.lock([node.id], 'change')).length === 0) notThere()
}

async function purgeWhole(ctx: Ctx, tx: Tx, node: Node): Promise<void> {
  const { bytes } = await tx.nodes.purge(node.id)
  await tx.tallies.book(-bytes)
  await recordEvents(ctx, tx, [
    eventOf(node, 'node.purged', { parent: node.parentId, size: bytes }),
  ])
}

async function purgeVersions(
  ctx: Ctx,
  tx: Tx,
  node: Node,
  versionIds: readonly number[],
): Promise<void> {
  const bytes = await tx.trash.removeVersions(node.id, versionIds)
  await tx.tallies.book(-bytes)
  const [version = null] = versionIds.length === 1 ? versionIds : []
  const data = { parent: node.parentId, size: bytes, versions: versionIds.length, version }
  await recordEvents(ctx, tx, [eventOf(node, 'version.purged', data)])
}

function eventOf(node: Node, type: NewEvent['type'], data: NewEvent['data']): NewEvent {
  return {
    type,
    nodeId: node.id,
    roomId: node.boundaryId,
    nodeKind: toldKind(node.kind),
    nodeName: node.name,
    data,
  }
}
