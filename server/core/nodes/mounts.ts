import { actorId } from '../actor-id.ts'
import type { Ctx } from '../ctx.ts'
import type { EventType } from '../event.ts'
import { recordEvents } from '../events/record-events.ts'
import type { FaultData } from '../fault.ts'
import { ALL } from '../permissions/permission.ts'
import type { Tx } from '../store.ts'
import { type Node, type OnClash, placeBoundary } from './node.ts'
import type { NewNode } from './node-store.ts'
import { place } from './place.ts'

/**
 * Everybody with an access row in force in this room (a top room, a home, or one that stands alone)
 * has one mount of it in his home, named like the room and numbered on a clash; nobody else has
 * one. Who holds something around the room finds it there and has none; so has the user of a home.
 * A mount that its owner hid stays hidden as long as the access lasts. The room above all homes is
 * never mounted.
 */
export async function keepMounts(ctx: Ctx, tx: Tx, top: Node): Promise<void> {
  if (top.id === ctx.tenant.homesId) return
  const userIds = await membersOf(ctx, tx, top)
  const homes = [...(await tx.nodes.homesOf(userIds)).values()]
  const mounts = await tx.nodes.mountsTo(top.id)
  const mounted = new Set(mounts.map((mount) => mount.boundaryId))
  const wanted = new Set(homes.map((home) => home.id))
  const gone = mounts.filter((mount) => !wanted.has(mount.boundaryId))
  if (gone.length > 0) await dropMounts(ctx, tx, gone)
  for (const home of homes) if (!mounted.has(home.id)) await mount(ctx, tx, top, home)
}

async function membersOf(ctx: Ctx, tx: Tx, { id, room, homeOf }: Node): Promise<number[]> {
  const rows = await tx.access.rowsOf(id)
  const inForce = rows.filter((row) => row.expireAt === null || row.expireAt > ctx.now)
  const outerId = room?.outerId ?? null
  const around = outerId === null ? new Map() : await tx.access.usersOf(outerId, ctx.now)
  const userIds = new Set(inForce.map((row) => row.userId))
  return [...userIds].filter((userId) => userId !== homeOf && !around.has(userId))
}

/** Mounts that still bear the old name of their room take its new one; others were renamed. */
export async function renameMounts(ctx: Ctx, tx: Tx, room: Node, newName: string): Promise<void> {
  const mounts = await tx.nodes.mountsTo(room.id)
  const following = mounts.filter((each) => each.name === room.name && each.deletedAt === null)
  const parents = await tx.nodes.findMany(following.map((each) => each.parentId ?? 0))
  const byId = new Map(parents.map((parent) => [parent.id, parent]))
  for (const each of following) {
    const parent = byId.get(each.parentId ?? 0)
    if (!parent) continue
    await place(ctx, tx, spotIn(parent, newName, 'rename'), (name) =>
      tx.nodes.update(each.id, { name }),
    )
    await tellMountChange(ctx, tx, parent.id)
  }
}

/** Gives one mount another name; nobody but its owner notices. */
export async function renameMount(
  ctx: Ctx,
  tx: Tx,
  mount: Node,
  parent: Node,
  newName: string,
  onClash: OnClash,
): Promise<void> {
  if (newName === mount.name) return
  const { name } = await place(ctx, tx, spotIn(parent, newName, onClash), (free) =>
    tx.nodes.update(mount.id, { name: free, updatedAt: ctx.now, updatedBy: actorId(ctx.actor) }),
  )
  await tellMountChange(ctx, tx, parent.id)
  await tellOwner(ctx, tx, 'node.renamed', { ...mount, name }, { from: mount.name, to: name })
}

/** Takes a mount out of its owner's root; the room and his rights in it stay. */
export async function hideMount(ctx: Ctx, tx: Tx, mount: Node): Promise<void> {
  await tx.nodes.markDeleted(mount.id, ctx.now, actorId(ctx.actor))
  await tellMountChange(ctx, tx, mount.parentId ?? mount.boundaryId)
  await tellOwner(ctx, tx, 'node.deleted', mount, {})
}

/** An event of the home in which the mount stands. */
export async function tellOwner(
  ctx: Ctx,
  tx: Tx,
  type: EventType,
  mount: Node,
  data: FaultData,
): Promise<void> {
  await recordEvents(ctx, tx, [
    {
      type,
      nodeId: mount.id,
      roomId: mount.boundaryId,
      nodeKind: 'room',
      nodeName: mount.name,
      data: { ...data, shows: mount.targetId },
    },
  ])
}

/** Whether a node is a mount or one is in it; background work may do with them as it likes. */
export async function holdsMount(ctx: Ctx, tx: Tx, node: Node): Promise<boolean> {
  if (node.kind === 'mount') return true
  if (node.kind === 'file' || ctx.actor.kind === 'system') return false
  for (const mount of await tx.nodes.mountsOf(placeBoundary(node))) {
    const isDeep = mount.parentId !== mount.boundaryId
    if (isDeep && (await tx.nodes.isWithin(mount.id, node.id))) return true
  }
  return false
}

/** Removes mounts of a room that goes, hidden ones too. */
export async function dropMounts(ctx: Ctx, tx: Tx, mounts: readonly Node[]): Promise<void> {
  await tx.nodes.removeMounts(mounts.map((each) => each.id))
  for (const id of new Set(mounts.map((each) => each.parentId ?? each.boundaryId))) {
    await tellMountChange(ctx, tx, id)
  }
}

/** The rooms in a room that stand alone for everybody who holds nothing around them. */
export async function roomsAlone(tx: Tx, room: Node): Promise<Node[]> {
  return (await tx.nodes.roomsWithin(room.id)).filter((each) => each.room?.outerId != null)
}

/** Removes the mounts of a room that goes and of those in it that stand alone. */
export async function dropMountsWithin(ctx: Ctx, tx: Tx, room: Node): Promise<void> {
  for (const { id } of [room, ...(await roomsAlone(tx, room))])
    await dropMounts(ctx, tx, await tx.nodes.mountsTo(id))
}

async function mount(ctx: Ctx, tx: Tx, room: Node, home: Node): Promise<void> {
  const id = await tx.nodes.takeIds(1)
  const row = newMount(ctx, id, room, home)
  await place(ctx, tx, spotIn(home, room.name, 'rename'), (name) =>
    tx.nodes.insert({ ...row, name }),
  )
  await tellMountChange(ctx, tx, home.id)
}

/** A mount is of no weight for anybody above the container in which it stands. */
export async function tellMountChange(ctx: Ctx, tx: Tx, parentId: number): Promise<void> {
  await tx.tallies.apply({ ancestorIds: [parentId], parentId, at: ctx.now })
}

function spotIn(node: Node, name: string, onClash: OnClash) {
  return { parent: { node, permissions: ALL }, name, isFile: false, onClash }
}

function newMount(ctx: Ctx, id: number, room: Node, home: Node): NewNode {
  return {
    id,
    parentId: home.id,
    kind: 'mount',
    name: room.name,
    boundaryId: home.id,
    currentId: id,
    homeOf: null,
    targetId: room.id,
    createdAt: ctx.now,
    createdBy: actorId(ctx.actor),
    updatedAt: ctx.now,
    updatedBy: actorId(ctx.actor),
    clientCreatedAt: null,
    clientModifiedAt: null,
    notes: null,
    classification: null,
    expireAt: null,
    content: null,
    room: null,
    encryptedBy: null,
  }
}
