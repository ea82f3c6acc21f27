import { actorId } from '../actor-id.ts'
import type { Ctx } from '../ctx.ts'
import type { NewEvent } from '../event.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import { checkCipher } from '../keys/cipher-places.ts'
import { applyGrants } from '../permissions/apply-grants.ts'
import { heldOn } from '../permissions/held-on.ts'
import { CREATE, DELETE, READ } from '../permissions/permission.ts'
import { viewerOf } from '../permissions/viewer.ts'
import { permit, type Seen } from '../permissions/visible.ts'
import { claim, limitedRooms } from '../quota/reserve.ts'
import type { Tx } from '../store.ts'
import { checkDepth } from './check-depth.ts'
import { lockContainer } from './container.ts'
import { lineTo, ownerRoom } from './line.ts'
import { checkOneParent, type Entry, findEntries, lockEntries } from './lock-entries.ts'
import { holdsMount, keepMounts, tellMountChange, tellOwner } from './mounts.ts'
import { isMovable, type Node, placeBoundary, toldKind } from './node.ts'
import type { NodeChange } from './node-store.ts'
import { place } from './place.ts'
import {
  type PlacedItem,
  type PlacedNodes,
  type PlaceNodes,
  type Placing,
  placeNodes,
} from './place-nodes.ts'
import { bytesIn, deltaOf, tellAncestors } from './tell-ancestors.ts'
import { validName } from './valid-facts.ts'

/**
 * Moves folders and files below one target. READ and DELETE at the source, CREATE at the target,
 * DELETE there too for what is overwritten. A shared folder goes where folders go, by the rights
 * around it, but it and a folder that holds one do not leave the home or top room they lie in.
 * Faults: 'wrong-kind' for rooms ('source') and for a file as target, 'same-place' without a new
 * name, 'cycle' into its own subtree, 'name-taken', 'invalid' 'target' (rule 'depth'),
 * 'quota-exceeded' of a room that did not hold the bytes before.
 * A mount moves within the own home.
 */
export async function moveNodes(ctx: Ctx, input: PlaceNodes): Promise<PlacedNodes> {
  return placeNodes(ctx, input, (tx, items) => moveAll(ctx, tx, input, items))
}

async function moveAll(
  ctx: Ctx,
  tx: Tx,
  input: PlaceNodes,
  items: readonly PlacedItem[],
): Promise<Placing> {
  const refs = items.map((item) => item.node)
  const found = await findEntries(ctx, tx, refs, 'source')
  if (found.some((node) => node.kind !== 'file')) await tx.nodes.lockTree()
  const target = await lockContainer(ctx, tx, input.target, 0, 'target')
  const entries = await lockEntries(ctx, tx, found, 'subtree', 'source')
  permit(target.permissions, CREATE, 'target')
  if (input.sameParent) checkOneParent(entries, 'source')
  for (const [at, entry] of entries.entries()) await move(ctx, tx, entry, target, input, items[at]!)
  return { target: target.node, ids: entries.map((entry) => entry.node.id) }
}

async function move(
  ctx: Ctx,
  tx: Tx,
  source: Entry,
  target: Seen,
  input: PlaceNodes,
  item: PlacedItem,
): Promise<void> {
  const { node, parent } = source
  const wanted = item.name === undefined ? node.name : validName(item.name)
  await checkMove(ctx, tx, source, target, wanted)
  const change = moveChange(ctx, target.node, item)
  const bytes = await bytesIn(tx, node)
  const spot = { parent: target, name: wanted, isFile: node.kind === 'file', placed: node.kind }
  const rule = { onClash: input.onClash, linksTo: input.keepLinks ? node.id : undefined }
  const { name } = await place(ctx, tx, { ...spot, ...rule }, (free) =>
    tx.nodes.update(node.id, { ...change, ...boundaryFor(source, target.node), name: free }),
  )
  if (node.kind === 'mount') {
    for (const each of [node.parentId, target.node.id]) await tellMountChange(ctx, tx, each ?? 0)
    return tellOwner(ctx, tx, 'node.moved', { ...node, name }, { to: target.node.id })
  }
  await govern(ctx, tx, source, target.node)
  if (node.encryptedBy !== target.node.encryptedBy) {
    await tx.keys.markSubtree(node.id, target.node.encryptedBy)
  }
  await checkRooms(ctx, tx, source, target.node, bytes)
  await tellAncestors(ctx, tx, parent, deltaOf(node, bytes, -1))
  await tellAncestors(ctx, tx, target.node, deltaOf(node, bytes, 1))
  await tellMove(ctx, tx, source, target.node, name)
}

/** Rooms that the bytes come into must have space for them; those around the source have. */
async function checkRooms(
  ctx: Ctx,
  tx: Tx,
  { node, parent }: Entry,
  target: Node,
  bytes: number,
): Promise<void> {
  if (placeBoundary(node) === target.boundaryId) return
  const from = parent ? [...(await tx.nodes.ancestors(parent.id)), parent] : []
  const around = new Set(from.map(({ id }) => id))
  const way = [...(await tx.nodes.ancestors(target.id)), target]
  const chain = way.filter(({ id }) => !around.has(id))
  if (limitedRooms(chain).length === 0) return
  await claim(ctx, tx, { chain, roomBytes: bytes, bytes: 0 })
}

/** A file or shared folder is told with its place what governs that; `govern` does the rest. */
function boundaryFor({ node }: Entry, { boundaryId }: Node): NodeChange {
  if (node.room) return { room: { ...node.room, outerId: boundaryId } }
  return node.kind === 'file' ? { boundaryId } : {}
}

/** Lets a folder that has moved be governed by its new room; what it holds inherits from that. */
async function govern(ctx: Ctx, tx: Tx, { node, parent }: Entry, target: Node): Promise<void> {
  const from = placeBoundary(node)
  if (from === target.boundaryId || node.kind === 'file') return
  if (node.kind === 'folder') await tx.nodes.rebound(node.id, from, target.boundaryId)
  const inside = await tx.nodes.roomsWithin(node.id)
  const rooms = node.kind === 'room' ? [node, ...inside] : inside
  if (rooms.length === 0) return
  const around = [...(await lineTo(tx, parent)), ...(await lineTo(tx, target))]
  const granting = new Set(around.filter(({ kind }) => kind === 'room').map(({ id }) => id))
  for (const id of granting) await applyGrants(ctx, tx, id)
  for (const room of await tx.nodes.findMany(rooms.map(({ id }) => id))) {
    if (isMovable(room)) await keepMounts(ctx, tx, room)
  }
}

function moveChange(ctx: Ctx, target: Node, item: PlacedItem): NodeChange {
  const { clientCreatedAt, clientModifiedAt } = item
  return {
    parentId: target.id,
    updatedAt: ctx.now,
    updatedBy: actorId(ctx.actor),
    ...(clientCreatedAt === undefined ? {} : { clientCreatedAt }),
    ...(clientModifiedAt === undefined ? {} : { clientModifiedAt }),
  }
}

/** Whether an entry may go into a container, under a name; faults as `moveNodes`. */
export async function checkMove(
  ctx: Ctx,
  tx: Tx,
  source: Entry,
  target: Seen,
  name: string,
): Promise<void> {
  const { node } = source
  await permitLeaving(ctx, tx, source)
  await checkCipher(ctx, tx, node, target.node)
  if (node.kind !== 'file' && (await tx.nodes.isWithin(target.node.id, node.id))) {
    fault('cycle', 'node', 'target')
  }
  if (node.parentId === target.node.id && name === node.name) {
    fault('same-place', 'node', 'source', { node: node.id })
  }
  if (node.kind !== 'file' && node.parentId !== target.node.id) {
    await checkDepth(ctx, tx, target.node, await tx.nodes.height(node.id), 'target')
  }
  if (placeBoundary(node) !== target.node.boundaryId) await refuseShared(ctx, tx, source, target)
}

/** A shared folder is an entry of what is around it: rights inside it do not let it go away. */
async function permitLeaving(ctx: Ctx, tx: Tx, { node, parent, permissions }: Entry) {
  if (!isMovable(node)) fault('wrong-kind', 'node', 'source')
  const isShared = node.kind === 'room' && parent !== null
  const held = isShared ? await heldOn(ctx, tx, await viewerOf(ctx, tx), parent) : permissions
  permit(held ?? 0, READ | DELETE, 'source')
}

/**
 * A mount belongs to the home in which it stands, and a shared folder to the home or top room:
 * neither they nor a folder around them may leave it.
 */
async function refuseShared(ctx: Ctx, tx: Tx, { node, parent }: Entry, target: Seen) {
  if (await holdsMount(ctx, tx, node)) fault('wrong-kind', 'node', 'source')
  if (node.kind === 'file') return
  const holdsRoom = node.kind === 'room' || (await tx.nodes.roomsWithin(node.id)).length > 0
  if (!holdsRoom) return
  const [from, to] = [await lineTo(tx, parent), await lineTo(tx, target.node)]
  if (ownerRoom(from)?.id !== ownerRoom(to)?.id) fault('wrong-kind', 'node', 'source')
}

async function tellMove(
  ctx: Ctx,
  tx: Tx,
  { node }: Entry,
  target: Node,
  name: string,
): Promise<void> {
  const fromRoom = placeBoundary(node)
  const from = { from: node.parentId, fromRoom, fromName: node.name }
  const left: NewEvent = {
    type: 'node.left',
    nodeId: node.id,
    roomId: fromRoom,
    nodeKind: toldKind(node.kind),
    nodeName: node.name,
    data: { parent: node.parentId, toRoom: target.boundaryId },
  }
  await recordEvents(ctx, tx, [
    ...(fromRoom === target.boundaryId ? [] : [left]),
    {
      type: 'node.moved',
      nodeId: node.id,
      roomId: target.boundaryId,
      nodeKind: toldKind(node.kind),
      nodeName: name,
      data: { ...from, to: target.id },
    },
  ])
}
