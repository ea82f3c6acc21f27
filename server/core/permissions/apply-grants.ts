import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { keepMounts } from '../nodes/mounts.ts'
import type { Node } from '../nodes/node.ts'
import type { Tx } from '../store.ts'
import { accessRows } from './access-rows.ts'
import { mountedRoom, passageTo } from './passage.ts'

/**
 * Makes the access rows of a room follow its grants, and the mounts of the rooms concerned follow
 * those. The caller holds `tx.nodes.lockTree()`. Listings of all rooms concerned count as changed,
 * since who sees what in them may have.
 */
export async function applyGrants(ctx: Ctx, tx: Tx, roomId: number): Promise<void> {
  const reach = await reachOf(tx, roomId)
  const holdings = await tx.access.holdingsOf(roomId)
  await tx.access.removeAllVia([roomId])
  await tx.access.insert(accessRows(holdings, reach.inheriting, reach.above))
  await tellRooms(ctx, tx, [...reach.above, ...reach.inheriting])
  for (const room of reach.mounted) await keepMounts(ctx, tx, room)
}

/**
 * Makes the access rows that these users have by a group follow what it was granted, in all rooms,
 * after they came or went, were let in, or the group's end changed. The caller holds `lockTree`.
 */
export async function applyMembership(
  ctx: Ctx,
  tx: Tx,
  groupId: number,
  userIds: readonly number[],
): Promise<void> {
  if (userIds.length === 0) return
  const grants = await tx.access.grantsOfGroup(groupId)
  await tx.access.removeOfGroup(groupId, userIds)
  const holdings = await tx.access.holdingsOfMembers(groupId, userIds)
  await applyHoldings(
    ctx,
    tx,
    grants.map(({ roomId }) => roomId),
    async (roomId, { inheriting, above }) => {
      const here = holdings.filter((holding) => holding.roomId === roomId)
      await tx.access.insert(accessRows(here, inheriting, above))
    },
  )
}

/** Lets what was taken away in these rooms take effect; the access rows are gone already. */
export async function applyLoss(ctx: Ctx, tx: Tx, roomIds: readonly number[]): Promise<void> {
  await applyHoldings(ctx, tx, roomIds, async () => undefined)
}

type Reach = {
  readonly inheriting: readonly number[]
  readonly above: readonly number[]
  /** Rooms whose mounts follow. */
  readonly mounted: readonly Node[]
}

/** Where a grant on a room takes effect. Faults 'not-found' where the room is not live. */
async function reachOf(tx: Tx, roomId: number): Promise<Reach> {
  const room = await tx.nodes.find(roomId)
  if (!room) return fault('not-found', 'node', 'room')
  const inheriting = await tx.access.inheriting(roomId)
  const ancestors = await tx.nodes.ancestors(roomId)
  const above = passageTo(ancestors, room).map(({ id }) => id)
  const alone = await standingAlone(tx, roomId, inheriting)
  return { inheriting, above, mounted: [mountedRoom(ancestors, room), ...alone] }
}

/** Whoever holds something around such a room now needs no mount of it; others do. */
async function standingAlone(
  tx: Tx,
  roomId: number,
  inheriting: readonly number[],
): Promise<Node[]> {
  const below = inheriting.filter((id) => id !== roomId)
  if (below.length === 0) return []
  return (await tx.nodes.findMany(below)).filter(
    ({ room }) => room !== null && room.outerId !== null,
  )
}

async function applyHoldings(
  ctx: Ctx,
  tx: Tx,
  roomIds: readonly number[],
  write: (roomId: number, reach: Reach) => Promise<void>,
): Promise<void> {
  const told = new Set<number>()
  const mounted = new Map<number, Node>()
  for (const { id } of await tx.nodes.findMany(roomIds)) {
    const reach = await reachOf(tx, id)
    await write(id, reach)
    for (const one of [...reach.above, ...reach.inheriting]) told.add(one)
    for (const room of reach.mounted) mounted.set(room.id, room)
  }
  await tellRooms(ctx, tx, [...told])
  for (const room of mounted.values()) await keepMounts(ctx, tx, room)
}

async function tellRooms(ctx: Ctx, tx: Tx, ids: readonly number[]): Promise<void> {
  for (const id of ids) await tx.tallies.apply({ ancestorIds: [id], parentId: id, at: ctx.now })
}
