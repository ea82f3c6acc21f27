import { actorId } from '../actor-id.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { checkCipherHome } from '../keys/cipher-places.ts'
import { checkDepth } from '../nodes/check-depth.ts'
import { lockContainer } from '../nodes/container.ts'
import { describeNodes } from '../nodes/describe-nodes.ts'
import { holdsMount } from '../nodes/mounts.ts'
import { isExpired, type NodeRef, type OnClash, toldKind } from '../nodes/node.ts'
import { type BulkMode, inBulk, type Outcome } from '../nodes/outcome.ts'
import { place } from '../nodes/place.ts'
import { deltaOf, tellAncestors } from '../nodes/tell-ancestors.ts'
import { CREATE, RESTORE_TRASH } from '../permissions/permission.ts'
import type { Seen } from '../permissions/visible.ts'
import { claim } from '../quota/reserve.ts'
import type { Tx } from '../store.ts'
import { bringBackVersion, splitVersion } from '../versions/bring-back.ts'
import { deletedEntry } from './deleted-entry.ts'
import type { TrashEntry } from './trash-entry.ts'

export type RestoreNodes = {
  /** As `deletedEntry` takes them. */
  readonly nodes: readonly NodeRef[]
  /** Absent: each where it was. */
  readonly target?: NodeRef
  /** Where a node was that has no place any more: its room, instead of the fault. */
  readonly orElse?: 'room'
  readonly onClash: OnClash
  /** With 'overwrite': links on a file in the way point to the node that takes its place. */
  readonly keepLinks?: boolean
  readonly mode: BulkMode
}

/**
 * Brings things back out of the trash with their ids, versions, links and comments. RESTORE_TRASH
 * in their room, CREATE in the container they come to (DELETE there too for what is overwritten).
 * A superseded version of a live file becomes its current one again with 'overwrite', and a file of
 * its own with 'rename'. Faults: those of `deletedEntry`; 'not-found' 'node' 'parent' for the
 * container; those of `checkCipherHome`;
 * 'name-taken', 'wrong-kind' of what is in the way, 'quota-exceeded' of a room.
 */
export async function restoreNodes(ctx: Ctx, input: RestoreNodes): Promise<Outcome[]> {
  const items = input.nodes.map((node) => ({ node }))
  return inBulk(ctx, input.mode, items, (some) =>
    ctx.write((tx) => {
      const refs = some.map(({ node }) => node)
      return restoreAll(ctx, tx, refs, input)
    }),
  )
}

type Rules = Omit<RestoreNodes, 'nodes' | 'mode'>

/** `restoreNodes` as a part of a transaction, all or none. */
export async function restoreAll(
  ctx: Ctx,
  tx: Tx,
  refs: readonly NodeRef[],
  input: Rules,
): Promise<Outcome[]> {
  await tx.nodes.lockTree()
  const ids: number[] = []
  for (const ref of refs) ids.push(await restore(ctx, tx, ref, input))
  const rows = await tx.nodes.findMany([...new Set(ids)])
  const views = await describeNodes(ctx, tx, rows)
  return refs.map((ref, at): Outcome => {
    const view = views.find((one) => one.node.id === ids[at])
    return { ref, node: view?.node, view }
  })
}

async function restore(ctx: Ctx, tx: Tx, ref: NodeRef, input: Rules): Promise<number> {
  const entry = await deletedEntry(ctx, tx, ref, RESTORE_TRASH)
  const target = await placeFor(ctx, tx, entry, input)
  checkCipherHome(entry.node, target.node)
  if (entry.node.deletedAt === null) return restoreVersion(ctx, tx, entry, target, input)
  return reviveNode(ctx, tx, entry, target, input)
}

async function placeFor(
  ctx: Ctx,
  tx: Tx,
  { node }: TrashEntry,
  { target, orElse }: Rules,
): Promise<Seen> {
  if (target) return lockContainer(ctx, tx, target, CREATE, 'parent')
  const parent = await tx.nodes.find(node.parentId ?? 0)
  if (!parent && orElse !== 'room') fault('not-found', 'node', 'parent')
  return lockContainer(ctx, tx, { id: parent?.id ?? node.boundaryId }, CREATE, 'parent')
}

function restoreVersion(
  ctx: Ctx,
  tx: Tx,
  entry: TrashEntry,
  target: Seen,
  { onClash, keepLinks }: Rules,
): Promise<number> {
  const version = entry.version ?? fault('not-found', 'version')
  const isAtHome = entry.node.parentId === target.node.id
  return isAtHome && onClash === 'overwrite'
    ? bringBackVersion(ctx, tx, entry.node.id, version, { parent: target, keepLinks })
    : splitVersion(ctx, tx, entry.node, version, target, { onClash, keepLinks })
}

async function reviveNode(
  ctx: Ctx,
  tx: Tx,
  entry: TrashEntry,
  target: Seen,
  { onClash, keepLinks }: Rules,
): Promise<number> {
  const { node } = entry
  await tx.trash.chooseVersion(entry)
  const isOther = entry.version !== null && entry.version.id !== node.content?.versionId
  // The keys of a link open the version that was current.
  if (isOther && node.encryptedBy !== null) await tx.links.removeOfNodes([node.id])
  const spot = { parent: target, name: node.name, isFile: node.kind === 'file', onClash }
  let bytes = 0
  const linksTo = keepLinks ? node.id : undefined
  const { name } = await place(ctx, tx, { ...spot, linksTo }, async (free) => {
    const revived = await tx.trash.revive(node.id, { parentId: target.node.id, name: free })
    bytes = revived.bytes
  })
  await settle(ctx, tx, entry, target)
  const chain = [...(await tx.nodes.ancestors(target.node.id)), target.node]
  await claim(ctx, tx, { chain, roomBytes: bytes, bytes: 0 })
  await tellAncestors(ctx, tx, target.node, deltaOf(node, bytes, 1))
  await recordEvents(ctx, tx, [
    {
      type: 'node.restored',
      nodeId: node.id,
      roomId: target.node.boundaryId,
      nodeKind: toldKind(node.kind),
      nodeName: name,
      data: { parent: target.node.id, size: bytes },
    },
  ])
  return node.id
}

/** What the new place asks of a node that is live again. */
async function settle(ctx: Ctx, tx: Tx, { node }: TrashEntry, target: Seen): Promise<void> {
  if (isExpired(node, ctx.now)) {
    const change = { expireAt: null, updatedAt: ctx.now, updatedBy: actorId(ctx.actor) }
    await tx.nodes.update(node.id, change)
  }
  if (node.kind === 'folder') {
    await checkDepth(ctx, tx, target.node, await tx.nodes.height(node.id), 'target')
  }
  if (node.boundaryId === target.node.boundaryId) return
  if (await holdsMount(ctx, tx, node)) fault('wrong-kind', 'node', 'source')
  await tx.nodes.rebound(node.id, node.boundaryId, target.node.boundaryId)
}
