import { nameKey } from '../../lib/names/name-key.ts'
import { actorId } from '../actor-id.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { checkCipher } from '../keys/cipher-places.ts'
import { heldOn } from '../permissions/held-on.ts'
import { CREATE, has, READ } from '../permissions/permission.ts'
import { viewerOf } from '../permissions/viewer.ts'
import { permit, type Seen, seen } from '../permissions/visible.ts'
import { claim } from '../quota/reserve.ts'
import type { Tx } from '../store.ts'
import { checkDepth } from './check-depth.ts'
import { lockContainer } from './container.ts'
import { type CopyPlan, planCopy } from './copy-plan.ts'
import { isExpired, isMovable, type Node, toldKind } from './node.ts'
import type { NewNode } from './node-store.ts'
import { place } from './place.ts'
import {
  type PlacedItem,
  type PlacedNodes,
  type PlaceNodes,
  type Placing,
  placeNodes,
} from './place-nodes.ts'
import { resolve } from './resolve.ts'
import { deltaOf, tellAncestors } from './tell-ancestors.ts'
import { validName } from './valid-facts.ts'

/**
 * Copies folders and files below one target: READ at the source, CREATE at the target (DELETE there
 * too for what is overwritten). The copies share the bytes and have new ids; only current versions
 * are copied. Into the same container it is 'same-place' without a new name, unless `onClash` is
 * 'rename' ('name (1)'). Other faults as for `moveNodes`; bytes are booked, 'quota-exceeded' when
 * they do not fit into room or tenant.
 */
export async function copyNodes(ctx: Ctx, input: PlaceNodes): Promise<PlacedNodes> {
  return placeNodes(ctx, input, (tx, items) => copyAll(ctx, tx, input, items))
}

async function copyAll(
  ctx: Ctx,
  tx: Tx,
  input: PlaceNodes,
  items: readonly PlacedItem[],
): Promise<Placing> {
  const { needed = 0 } = input
  const target = await lockContainer(ctx, tx, input.target, 0, 'target')
  const sources: Seen[] = []
  for (const { node: ref } of items) {
    const node = (await resolve(ctx, tx, ref)) ?? fault('not-found', 'node', 'source')
    const source = await seen(ctx, tx, node, 'source')
    permit(source.permissions, needed, 'source')
    sources.push(source)
  }
  permit(target.permissions, CREATE | needed, 'target')
  const parents = new Set(sources.map((source) => source.node.parentId))
  if (input.sameParent && parents.size > 1) fault('mixed-parents', 'node', 'source')
  const ids: number[] = []
  for (const [at, source] of sources.entries()) {
    ids.push(await copy(ctx, tx, source, target, input, items[at]!))
  }
  return { target: target.node, ids }
}

/**
 * Copies one node whose rights are known into a locked container. `reader`: on whose authority
 * rooms inside are read; default: the actor's. Answers the new id.
 */
export async function copy(
  ctx: Ctx,
  tx: Tx,
  source: Seen,
  target: Seen,
  input: Pick<PlaceNodes, 'onClash' | 'keepLinks'>,
  item: Omit<PlacedItem, 'node'>,
  reader: Ctx = ctx,
): Promise<number> {
  const name = item.name === undefined ? source.node.name : validName(item.name)
  await checkCopy(ctx, tx, source, target, name, input.onClash)
  const rows = await readable(reader, tx, source.node, await lockRows(ctx, tx, source.node))
  const { onClash, keepLinks } = input
  const copied = { name, onClash, keepLinks, times: timesOf(item) }
  return (await writeCopy(ctx, tx, rows, target, copied)).id
}

export type Copied = Pick<PlaceNodes, 'onClash' | 'keepLinks'> & {
  readonly name: string
  readonly times?: Partial<NewNode>
}

/** Writes a copy of locked rows, the first above the others, into a locked target, and tells it. */
export async function writeCopy(
  ctx: Ctx,
  tx: Tx,
  rows: readonly Node[],
  target: Seen,
  { name: wanted, onClash, keepLinks, times }: Copied,
): Promise<{ id: number; name: string; files: number; bytes: number }> {
  const [source] = rows
  if (!source) return fault('not-found', 'node', 'source')
  const firstId = await tx.nodes.takeIds(rows.length)
  const by = actorId(ctx.actor)
  const plan = planCopy({ rows, firstId, target: target.node, now: ctx.now, by })
  const root = { ...plan.root, ...times }
  const spot = { parent: target, name: wanted, isFile: root.kind === 'file' }
  const rule = { onClash, linksTo: keepLinks ? root.id : undefined }
  const { name } = await place(ctx, tx, { ...spot, ...rule }, (free) =>
    tx.nodes.insert({ ...root, name: free }),
  )
  await writeBelow(tx, plan)
  if (target.node.encryptedBy !== null) await tx.keys.copyFileKeys(plan.keys)
  const chain = [...(await tx.nodes.ancestors(target.node.id)), target.node]
  await claim(ctx, tx, { chain, roomBytes: plan.bytes, bytes: plan.bytes })
  await tellAncestors(ctx, tx, target.node, deltaOf(root, plan.bytes, 1))
  await tellCopy(ctx, tx, source, { ...root, name })
  return { id: root.id, name, files: plan.versions.length, bytes: plan.bytes }
}

/** Whether a node may be copied into a container, under a name; faults as `copyNodes`. */
export async function checkCopy(
  ctx: Ctx,
  tx: Tx,
  { node, permissions }: Seen,
  target: Seen,
  name: string,
  onClash: PlaceNodes['onClash'],
): Promise<void> {
  if (!isMovable(node)) fault('wrong-kind', 'node', 'source')
  permit(permissions, READ, 'source')
  await checkPlace(ctx, tx, node, target, name, onClash)
}

/** Whether a copy of the node may lie there: 'cycle', 'same-place' and what `checkDepth` faults. */
export async function checkPlace(
  ctx: Ctx,
  tx: Tx,
  node: Node,
  target: Seen,
  name: string,
  onClash: PlaceNodes['onClash'],
): Promise<void> {
  await checkCipher(ctx, tx, node, target.node)
  if (node.kind !== 'file' && (await tx.nodes.isWithin(target.node.id, node.id))) {
    fault('cycle', 'node', 'target')
  }
  if (node.kind !== 'file') {
    await checkDepth(ctx, tx, target.node, await tx.nodes.height(node.id), 'target')
  }
  const isSame = nameKey(name) === nameKey(node.name)
  const isHere = node.parentId === target.node.id && isSame
  if (isHere && onClash !== 'rename') fault('same-place', 'node', 'source', { node: node.id })
}

/** The rows to copy, kept from being removed for good until the copies refer to their blobs. */
export async function lockRows(ctx: Ctx, tx: Tx, node: Node): Promise<Node[]> {
  const found = node.kind !== 'file' ? await tx.nodes.subtree(node.id) : [node]
  const live = await tx.nodes.lock(
    found.map((row) => row.id),
    'stay',
  )
  const byId = new Map(live.map((row) => [row.id, row]))
  const rows = found.flatMap((row) => byId.get(row.id) ?? [])
  if (rows[0]?.id !== node.id) fault('not-found', 'node', 'source')
  return rows.filter((row) => row.kind !== 'mount' && !isExpired(row, ctx.now))
}

/** Rooms in a folder may keep their own counsel: what the actor cannot read is left out. */
export async function readable(
  ctx: Ctx,
  tx: Tx,
  source: Node,
  rows: readonly Node[],
): Promise<Node[]> {
  const unread = new Set<number>()
  const viewer = await viewerOf(ctx, tx)
  for (const room of rows.filter((row) => row.kind === 'room' && row.id !== source.id)) {
    const held = await heldOn(ctx, tx, viewer, room)
    if (held === undefined || !has(held, READ)) unread.add(room.id)
  }
  return unread.size === 0 ? [...rows] : rows.filter((row) => !unread.has(row.boundaryId))
}

function timesOf({
  clientCreatedAt,
  clientModifiedAt,
}: Omit<PlacedItem, 'node'>): Partial<NewNode> {
  return {
    ...(clientCreatedAt === undefined ? {} : { clientCreatedAt }),
    ...(clientModifiedAt === undefined ? {} : { clientModifiedAt }),
  }
}

async function writeBelow(tx: Tx, { below, versions, tallies }: CopyPlan): Promise<void> {
  const blobIds = [...new Set(versions.map(({ content }) => content.blobId))]
  const kept = blobIds.length > 0 ? await tx.blobs.keep(blobIds) : new Set()
  if (kept.size < blobIds.length) fault('not-found', 'version', 'source')
  if (below.length > 0) await tx.nodes.insertMany(below)
  if (versions.length > 0) await tx.nodes.insertVersions(versions)
  if (tallies.length > 0) await tx.tallies.insertMany(tallies)
}

async function tellCopy(ctx: Ctx, tx: Tx, source: Node, copied: NewNode): Promise<void> {
  await recordEvents(ctx, tx, [
    {
      type: 'node.copied',
      nodeId: copied.id,
      roomId: copied.boundaryId,
      nodeKind: toldKind(copied.kind),
      nodeName: copied.name,
      data: { source: source.id, from: source.parentId, to: copied.parentId },
    },
  ])
}
